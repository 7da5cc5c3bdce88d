package io.meshtrail.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.EventCodec;
import io.meshtrail.event.Field;
import io.meshtrail.event.Fitting;
import io.meshtrail.source.istio.IstioJsonDecoder;
import io.meshtrail.source.kubernetes.KubernetesAuditDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Wherever a secret stands in the input, its bytes are nowhere in the entry.
final class NoSecretInAnEntryTest {
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

    @ParameterizedTest
    @ValueSource(longs = {7L, 8L, 9L})
    void itsBytesAreNowhere(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            String secret = secret(random);
            for (String template : AUDITED) {
                check(new KubernetesAuditDecoder(), template, secret, "seed " + seed);
            }
            for (String template : ACCESSED) {
                check(new IstioJsonDecoder(), template, secret, "seed " + seed);
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
}
