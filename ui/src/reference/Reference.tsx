import { Modal } from '@mantine/core';
import { useEffect, useRef } from 'react';
import language from '../../../docs/reference/query-language.md?raw';
import reasons from '../../../docs/reference/reasons.md?raw';
import type { Navigate } from '../state/view';
import { type Block, blocks, spans } from './markdown';

const PAGES: Readonly<Record<string, string>> = { reasons, 'query-language': language };

/** A page of the documentation over the view, at the code that was asked for. The same file as in docs/. */
export default function Reference({ doc, navigate }: { doc: string; navigate: Navigate }) {
  const [name = '', at] = doc.split('/');
  const body = useRef<HTMLDivElement>(null);
  // Another place of the page is scrolled to
  useEffect(() => {
    body.current?.querySelector('[data-asked]')?.scrollIntoView({ block: 'center' });
  }, [doc]);
  return (
    <Modal
      opened
      onClose={() => navigate({ doc: undefined })}
      title="Reference"
      size="xl"
      lockScroll={false}
      transitionProps={{ duration: 0 }}
    >
      <div className="reference" ref={body}>
        {PAGES[name] === undefined ? (
          <p>There is no page called {name}.</p>
        ) : (
          blocks(PAGES[name]).map((block, i) => <OneBlock key={i} block={block} at={at} />)
        )}
      </div>
    </Modal>
  );
}

function OneBlock({ block, at }: { block: Block; at: string | undefined }) {
  switch (block.kind) {
    case 'heading':
      return block.level === 1 ? <h2>{block.text}</h2> : <h3>{block.text}</h3>;
    case 'code':
      return <pre>{block.text}</pre>;
    case 'list':
      return (
        <ul>
          {block.items.map((item) => (
            <li key={item}>
              <Words text={item} />
            </li>
          ))}
        </ul>
      );
    case 'paragraph':
      return (
        <p>
          <Words text={block.text} />
        </p>
      );
    case 'table':
      return (
        <table>
          <thead>
            <tr>
              {block.head.map((cell) => (
                <th key={cell}>{cell}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {block.rows.map((row) => (
              <tr key={row.join()} data-asked={row[0] === `\`${at}\`` || undefined}>
                {row.map((cell) => (
                  <td key={cell}>
                    <Words text={cell} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      );
  }
}

const Words = ({ text }: { text: string }) =>
  spans(text).map(({ kind, text: words }, i) => {
    if (kind === 'code') return <code key={i}>{words}</code>;
    return kind === 'strong' ? <b key={i}>{words}</b> : <span key={i}>{words}</span>;
  });
