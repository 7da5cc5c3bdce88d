import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Plugin } from 'vite';
import { Answers } from './answers.ts';
import type { FakeLedger } from './ledger.ts';
import { FakeMesh } from './mesh.ts';
import { parseQuery, QueryError } from './query.ts';
import type { Fields } from './story.ts';

/** Serves the contract's /api and /ledger from a fake mesh, in `vite` and in `vite preview`. */
export function fakeServer(): Plugin {
  return {
    name: 'meshtrail-fake-server',
    configureServer: (server) => {
      server.middlewares.use(handler());
    },
    configurePreviewServer: (server) => {
      server.middlewares.use(handler());
    },
  };
}

type Next = () => void;

function handler(): (request: IncomingMessage, response: ServerResponse, next: Next) => void {
  const mesh = new FakeMesh();
  const answers = new Answers(mesh);
  setInterval(() => mesh.advance(3), 150).unref();
  setInterval(() => mesh.publish(), 2000).unref();

  return (request, response, next) => {
    const url = new URL(request.url ?? '/', 'http://fake');
    const json = (body: unknown) => send(response, 200, 'application/json', JSON.stringify(body));
    try {
      const event = /^\/api\/events\/([^/]+)\/(\d+)(\/proof)?$/.exec(url.pathname);
      const ledgerFile = /^\/ledger\/([^/]+)\/(checkpoint|key)$/.exec(url.pathname);
      if (event) answerEvent(response, answers, event);
      else if (ledgerFile) answerLedgerFile(response, mesh.ledgers.get(ledgerFile[1] ?? ''), ledgerFile[2] ?? '');
      else if (url.pathname === '/api/events') json(answers.events(url.searchParams));
      else if (url.pathname === '/api/histogram') json(answers.histogram(url.searchParams));
      else if (url.pathname === '/api/facets') json(answers.facets(url.searchParams));
      else if (url.pathname === '/api/ledgers') json(answers.ledgers());
      else if (url.pathname === '/api/sources') json(answers.sources());
      else if (url.pathname === '/api/graph') json(answers.graph(url.searchParams));
      else if (url.pathname === '/api/policies') json(answers.policies(url.searchParams));
      else if (url.pathname === '/api/policies/effect') {
        const effect = answers.effect(url.searchParams);
        if (effect === undefined) problem(response, 400, 'No such change', 'the address is none of a change');
        else json(effect);
      } else if (url.pathname.startsWith('/api/trace/')) {
        json(answers.trace(decodeURIComponent(url.pathname.slice('/api/trace/'.length))));
      } else if (url.pathname === '/api/holds') json(answers.holds());
      else if (url.pathname === '/api/tail') tail(response, mesh, url.searchParams.get('q') ?? '');
      else if (url.pathname.startsWith('/api/')) problem(response, 404, 'No such route', url.pathname);
      else next();
    } catch (error) {
      if (!(error instanceof QueryError)) throw error;
      problem(response, 400, 'The query does not parse', error.message, { position: error.position });
    }
  };
}

function answerEvent(response: ServerResponse, answers: Answers, match: RegExpExecArray): void {
  const [, name = '', index = '', proof] = match;
  const ledger = answers.mesh.ledgers.get(name);
  if (ledger?.entries[Number(index)] === undefined) {
    problem(response, 404, 'No such event', `ledger ${name} has no entry ${index}`);
  } else if (proof === undefined) {
    send(response, 200, 'application/json', JSON.stringify(answers.event(ledger, Number(index))));
  } else {
    const text = ledger.proof(Number(index));
    if (text === undefined) problem(response, 404, 'Not published yet', `${name}/${index} is not under a checkpoint`);
    else send(response, 200, 'text/plain; charset=utf-8', text);
  }
}

function answerLedgerFile(response: ServerResponse, ledger: FakeLedger | undefined, file: string): void {
  if (ledger === undefined) problem(response, 404, 'No such ledger', file);
  else send(response, 200, 'text/plain; charset=utf-8', file === 'key' ? `${ledger.vkey}\n` : ledger.checkpoint);
}

function tail(response: ServerResponse, mesh: FakeMesh, q: string): void {
  const predicate = parseQuery(q);
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' });
  response.write(': open\n\n');
  const listener: Parameters<typeof mesh.listeners.add>[0] = (element) => {
    if (predicate(element.event as Fields)) {
      response.write(`id: ${element.address}\ndata: ${JSON.stringify(element)}\n\n`);
    }
  };
  mesh.listeners.add(listener);
  response.on('close', () => mesh.listeners.delete(listener));
}

function problem(response: ServerResponse, status: number, title: string, detail: string, more: object = {}): void {
  const body = { type: 'about:blank', title, status, detail, ...more };
  send(response, status, 'application/problem+json', JSON.stringify(body));
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'Content-Type': type, 'Cache-Control': 'no-cache' });
  response.end(body);
}
