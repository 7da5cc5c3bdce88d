package io.meshtrail.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshtrail.app.Decoders;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.EventCodec;
import io.meshtrail.event.Field;
import io.meshtrail.event.Fitting;
import io.meshtrail.mask.Mask;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Wherever a secret stands in the input, its bytes are nowhere in the entry.
final class NoSecretInAnEntryTest {
    private static final String ZTUNNEL_HEAD = "2026-08-21T12:00:01.000009Z\twarn\taccess\tconnection failed\t"
            + "src.addr=10.0.0.1:5 direction='inbound' ";

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// `~` stands for the secret, `'` for a quote.
    private static final List<String> AUDITED = List.of(
            event("secrets", "'requestObject':{'kind':'Secret','data':{'k':'~'},'stringData':{'s':'x ~ y'}}"),
            event("secrets", "'responseObject':{'data':{'k':'~'},'kind':'Secret'}"),
            event("secrets", "'requestObject':{'data':{'k':'~'}}"),
            event("secrets", "'requestObject':[{'op':'add','path':'/data/k','value':'~'}]"),
            event("secrets", "'requestObject':[{'value':{'k':['~']},'path':'/stringData','op':'replace'}]"),
            event("secrets", "'requestObject':[{'op':'test','path':'','value':{'data':{'k':'~'}}}]"),
            event("secrets", "'responseObject':{'items':[{'data':{'k':'~'}}]}"),
            event(
                    "secrets",
                    "'requestObject':{'metadata':{'annotations':"
                            + "{'kubectl.kubernetes.io/last-applied-configuration':'{\\'data\\':{\\'k\\':\\'~\\'}}'}}}"),
            event(
                    "secrets",
                    "'requestObject':{'metadata':{'annotations':"
                            + "{'kubectl.kubernetes.io/last-applied-configuration':'{\\'data\\':{\\'k\\':\\'~\\'}'}}}"),
            event("pods", "'responseObject':{'kind':'List','items':[{'stringData':{'k':'~'},'kind':'Secret'}]}"),
            event("pods", "'requestObject':{'spec':{'containers':[{'env':[{'name':'API_TOKEN','value':'~'}]}]}}"),
            event(
                    "pods",
                    "'requestObject':{'spec':{'containers':[{'args':['--password=~','-v'],'command':['x','token=~']}]}}"),
            event("pods", "'requestObject':{'httpHeaders':[{'name':'Authorization','value':'~'}]}"),
            event("configmaps", "'requestObject':{'data':{'app.yaml':'db:\\n  password: ~\\n  user: me\\n'}}"),
            event("configmaps", "'requestObject':{'data':{'url':'postgres://me:~@db/x'}}"),
            event("serviceaccounts", "'responseObject':{'kind':'TokenRequest','status':{'token':'~'}}"),
            event("tokenreviews", "'requestObject':{'spec':{'token':'~'}}"),
            event("pods", "'userAgent':'curl Bearer ~'"),
            event("pods", "'requestURI':'/x?a=1&token=~'"),
            event("pods", "'requestURI':'/x?next=%2Fy%3Faccess_token%3D~%26b'"),
            event("pods", "'annotations':{'note':'https://u:~@h/','Authorization':'~'}"),
            event("pods", "'responseStatus':{'code':500,'message':'Get \\'https://h/?sig=~\\': EOF'}"));

    private static final List<String> ACCESSED = List.of(
            line("'path':'/a?access_token=~&b=1'"),
            line("'path':'/a?b=1&X-Amz-Signature=~'"),
            line("'path':'/a?%74oken=~'"),
            line("'path':'/a;jsessionid=~'"),
            line("'path':'/a?u=https%3A%2F%2Fme%3A~%40host%2F'"),
            line("'user_agent':'x Bearer ~ y'"),
            line("'user_agent':'Basic ~=='"),
            line("'authorization':'~'"),
            line("'req_cookie':'a','cookie':'s=~'"),
            line("'x_api_key':'~'"),
            line("'headers':{'Proxy-Authorization':['~']}"),
            line("'x_forwarded_for':'10.0.0.1, https://a:~@b'"));

    private static final List<String> TEXT = List.of(
            text("/a?access_token=~", "curl"),
            text("/a", "x Bearer ~ y"),
            text("/a", "x' 'y' password=~ '"),
            text("/a?next=%2Fy%3Faccess_token%3D~%26b", "curl"));

    private static final List<String> ZTUNNEL = List.of(
            ZTUNNEL_HEAD + "error='got Bearer ~ x'",
            ZTUNNEL_HEAD + "dst.service='https://u:~@h/'",
            "{'scope':'access','message':'m','error':'got Bearer ~'}",
            "{'scope':'access','message':'m','authorization':'~'}");

    private static final List<String> LINKERD = List.of(
            "[ 1.5s]  INFO ThreadId(01) linkerd_app_core::errors::respond: HTTP/1.1 request failed"
                    + " error=no route found for request path=/a?token=~",
            "[ 1.5s]  INFO ThreadId(01) linkerd_app_core::serve: Connection closed error=got Bearer ~ x",
            "{'level':'INFO','target':'linkerd_app_core::serve',"
                    + "'fields':{'message':'Connection closed','error':'https://u:~@h/'}}",
            "{'client.addr':'10.0.0.1:5','method':'GET','status':200,'uri':'http://u/x?sig=~'}",
            "{'client.addr':'10.0.0.1:5','method':'GET','status':200,'uri':'/','user_agent':'Bearer ~'}",
            "10.0.0.1:5 - - [2026-08-21T12:00:01.000000000Z] 'GET http://h/x?api_key=~ HTTP/1.1' 200");

    private static final List<String> CONSUL_AUDIT = List.of(
            call("'operation':'PUT','endpoint':'/v1/acl/token?token=~'"),
            call("'operation':'PUT','endpoint':'/v1/kv/a?x=1&secret=~'"),
            call("'operation':'PUT','endpoint':'/v1/config','user_agent':'Bearer ~'"),
            call("'operation':'GET','endpoint':'/v1/x','headers':{'Authorization':'~'}"));

    private static final List<String> HUBBLE = List.of(
            flow("'l7':{'type':'REQUEST','http':{'url':'http://h/a?access_token=~'}}"),
            flow("'l7':{'http':{'url':'/','headers':[{'key':'Authorization','value':'~'}]}}"),
            flow("'l7':{'http':{'url':'/','headers':[{'key':'User-Agent','value':'Bearer ~'}]}}"),
            flow("'drop_reason_desc':'https://u:~@h/'"));

    /// Every format has its templates.
    private static final Map<String, List<String>> TEMPLATES = Map.ofEntries(
            Map.entry("kubernetes-audit", AUDITED),
            Map.entry("istio-json", ACCESSED),
            Map.entry("envoy-json", ACCESSED),
            Map.entry("consul-envoy", ACCESSED),
            Map.entry("kuma", ACCESSED),
            Map.entry("istio-text", TEXT),
            Map.entry("ztunnel", ZTUNNEL),
            Map.entry("linkerd-proxy", LINKERD),
            Map.entry("linkerd-access", LINKERD),
            Map.entry("consul-audit", CONSUL_AUDIT),
            Map.entry("hubble", HUBBLE));

    private static final Map<String, Decoder> DECODERS = Decoders.all(Mask.DEFAULT).stream()
            .collect(Collectors.toUnmodifiableMap(Decoder::format, Function.identity()));

    @Test
    void everyFormatHasItsTemplates() {
        assertThat(TEMPLATES.keySet()).isEqualTo(DECODERS.keySet());
    }

    @ParameterizedTest
    @ValueSource(longs = {7L, 8L, 9L})
    void itsBytesAreNowhere(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            String secret = secret(random);
            for (Map.Entry<String, List<String>> format : TEMPLATES.entrySet()) {
                Decoder decoder = DECODERS.get(format.getKey());
                for (String template : format.getValue()) {
                    check(decoder, template, secret, format.getKey() + ", seed " + seed);
                }
            }
        }
    }

    private static void check(Decoder decoder, String template, String secret, String seed) {
        String input = template.replace("\\'", "\\\"").replace('\'', '"').replace("~", secret);
        List<Decoded> decoded =
                decoder.decode(input.getBytes(StandardCharsets.UTF_8), Hints.none(GoldenFolder.RECEIVED));
        assertThat(decoded).as(template).hasSize(1);
        AuditEvent event = ((Decoded.Event) decoded.getFirst()).event();
        AuditEvent fitting = Fitting.fit(
                event.toBuilder().number(Field.RECEIVED, GoldenFolder.RECEIVED).build());
        String entry = new String(EventCodec.encode(fitting).bytes(), StandardCharsets.UTF_8);
        assertThat(entry).as(seed + " " + template).doesNotContain(secret).contains("[masked]");
        assertThat(event.text(Field.MASKED)).as(template).isPresent();
    }

    /// Letters and digits as they are, or in the shapes of real credentials.
    private static String secret(Random random) {
        String plain = letters(random, 12 + random.nextInt(30));
        return switch (random.nextInt(5)) {
            case 0 -> "eyJhbGciOiJIUzI1NiJ9." + base64(plain) + "." + letters(random, 20);
            case 1 -> "ghp_" + letters(random, 36);
            case 2 -> base64(plain);
            case 3 -> "AKIA" + letters(random, 16).toUpperCase(java.util.Locale.ROOT);
            default -> plain;
        };
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String letters(Random random, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    private static String event(String resource, String more) {
        return "{'auditID':'a','stage':'ResponseComplete','verb':'patch','objectRef':{'resource':'" + resource + "'},"
                + more + "}";
    }

    private static String line(String more) {
        return "{'start_time':'2026-08-21T12:00:01Z','method':'GET'," + more + "}";
    }

    /// `'` in the User-Agent too: the line then has more words than its format.
    private static String text(String path, String agent) {
        return "[2026-08-21T12:00:01.547Z] 'GET " + path + " HTTP/1.1' 200 - via_upstream - '-' 0 19 0 1 '-' '" + agent
                + "' 'id' 'shop' '10.0.0.1:80' inbound|80|| 127.0.0.6:1 10.244.1.9:80 10.244.1.1:5 - default";
    }

    private static String call(String request) {
        return "{'payload':{'stage':'OperationComplete','request':{" + request + "},'response':{'status':'200'}}}";
    }

    private static String flow(String more) {
        return "{'flow':{'time':'2026-08-21T12:00:01Z','verdict':'FORWARDED'," + more + "}}";
    }
}
