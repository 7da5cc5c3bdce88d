package io.meshtrail.mask;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Start here: what is taken out, what stays, and how it is noted.
final class MaskTest {
    private final MaskNotes notes = new MaskNotes();

    @Test
    void aCredentialParameterLosesItsValueAndKeepsItsName() {
        assertThat(Mask.DEFAULT.query("page=2&token=hunter2&q=shoes", notes))
                .isEqualTo("page=2&token=[masked]&q=shoes");
        assertThat(notes.value()).contains("http.query:token");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "access_token",
                "ACCESS_TOKEN",
                "accessToken",
                "id_token",
                "refresh_token",
                "code",
                "password",
                "passwd",
                "secret",
                "client_secret",
                "clientSecret",
                "api_key",
                "apikey",
                "key",
                "sig",
                "signature",
                "X-Amz-Signature",
                "X-Amz-Security-Token",
                "X-Amz-Credential",
                "X-Goog-Signature",
                "auth",
                "jwt",
                "session",
                "sid",
                "user[password]",
                "%74oken",
                "tok%65n",
                "%2574oken",
                "client%5Fsecret",
                "Pa%53Sword",
                "db_password"
            })
    void theNamesOfCredentialParametersAreKnownInEverySpelling(String name) {
        assertThat(Mask.DEFAULT.query("a=1&" + name + "=hunter2;x=y%20z&b=2", notes))
                .isEqualTo("a=1&" + name + "=[masked]&b=2");
        assertThat(notes.isEmpty()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "a=",
                "=",
                "&&",
                "token=",
                "page=2&sort=asc",
                "limit=500&continue=eyJ2IjoibWV0YSIsInJ2IjoxMjN9",
                "labelSelector=app%3Dweb&watch=true",
                "q=100%&r=%zz",
                "monkey=banana",
                "fieldManager=kubectl&force=true"
            })
    void otherQueriesStayAsTheyAre(String query) {
        assertThat(Mask.DEFAULT.query(query, notes)).isEqualTo(query);
        assertThat(notes.value()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Authorization, Bearer abc",
        "proxy-authorization, Basic dXNlcjpwYXNz",
        "COOKIE, a=b",
        "set-cookie, sid=1",
        "X-Api-Key, 123",
        "x-auth-token, 1",
        "x-amz-security-token, 1",
        "x-vault-token, hvs.x",
        "x-goog-iap-jwt-assertion, 1",
        "x-shop-access-token, 1"
    })
    void theValuesOfCredentialHeadersAreMaskedAsAWhole(String name, String value) {
        assertThat(Mask.DEFAULT.header(name, value, notes)).isEqualTo("[masked]");
        assertThat(notes.value()).contains("header:" + name);
    }

    @Test
    void otherHeadersAreReadAsText() {
        assertThat(Mask.DEFAULT.header("x-request-id", "a-b-c", notes)).isEqualTo("a-b-c");
        assertThat(Mask.DEFAULT.header("referer", "https://shop/?sig=abc&page=1", notes))
                .isEqualTo("https://shop/?sig=[masked]&page=1");
        assertThat(notes.value()).contains("header:referer:sig");
    }

    /// The left side holds `~` where a secret of the right shape is put in.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c",
                "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9.",
                "eyJhbGciOiJSU0EtT0FFUCJ9.OKOawDo13gRp2ojaHV7LFpZcgV7T.48V1_ALb6US04U3b.5eym8TW_c8SuK0ltJ3rpYIzOeDQz7TALvtu6UG9oMo4vpzs9tX_EFShS8iB7j6ji.XFBoMYUZodetZdvTiFvSkQ",
                "eyAiYWxnIjogIkhTMjU2IiB9.eyAic3ViIjogImFsaWNlIiB9.c2lnbmF0dXJl",
                "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
                "github_pat_11ABCDEFG0aBcDeFgHiJkL_mNoPqRsTuVwXyZ0123456789",
                "glpat-abcdefghij0123456789",
                "AKIAIOSFODNN7EXAMPLE",
                "ASIAIOSFODNN7EXAMPLE",
                "xoxb-123456789012-abcdefABCDEF",
                "AIzaSyA1234567890abcdefghijklmnopqrstuv",
                "ya29.a0AfH6SMBx1234567890abcdef",
                "hvs.CAESIJ1234567890abcdefghij",
                "npm_abcdefghijklmnopqrstuvwxyz0123456789",
                "sk_live_4eC39HqLyjWDarjtT1zdp7dc",
            })
    void aTokenIsKnownByItsShapeWhereverItStands(String token) {
        for (String around : new String[] {"~", "curl/8 (~)", "/files/~/x", "got '~'.", "a,~,b", "x ~\ny", "\"~\""}) {
            String masked = Mask.DEFAULT.text(around.replace("~", token), "user.agent", notes);
            assertThat(masked).contains("[masked]").doesNotContain(token.substring(0, 18));
            assertThat(masked.replace("[masked]", "").length()).as(masked).isLessThan(16);
            assertThat(Mask.DEFAULT.text(masked, "user.agent", new MaskNotes())).isEqualTo(masked);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Bearer abcdef0123 | Bearer [masked]",
                "bearer   abcdef0123 | bearer   [masked]",
                "sent Basic dXNlcjpwYXNz twice | sent Basic [masked] twice",
                "BASIC%20dXNlcjpwYXNz | BASIC%20[masked]",
                "dial postgres://app:s3cr3t@db:5432/x failed | dial postgres://app:[masked]@db:5432/x failed",
                "https://u:p%40ss@h/ | https://u:[masked]@h/",
                "redis://:onlypassword@cache | redis://:[masked]@cache",
                "app --password=hunter2 -v | app --password=[masked] -v",
                "GET /a?x=1&code=77 HTTP/1.1 | GET /a?x=1&code=[masked] HTTP/1.1",
                "/a;jsessionid=ABC123 | /a;jsessionid=[masked]",
                "/login%3Ftoken%3Dhunter2/next | /[masked]/next",
                "/r?next=https%3A%2F%2Fu%3Ap%40h%2F | /r?next=[masked]",
                "{\"password\":\"hunter2\", broken | {\"password\":\"[masked]\", broken",
                "{\\\"token\\\":\\\"hunter2\\\",x | {\\\"token\\\":\\\"[masked]\\\",x",
            })
    void credentialsInTextAreMaskedAndTheRestStays(String text, String expected) {
        assertThat(Mask.DEFAULT.text(text, "detail", notes)).isEqualTo(expected);
        assertThat(notes.isEmpty()).isFalse();
        assertThat(Mask.DEFAULT.text(expected, "detail", new MaskNotes())).isEqualTo(expected);
    }

    @Test
    void aPrivateKeyIsCutOutBetweenItsMarks() {
        String pem = """
                -----BEGIN CERTIFICATE-----
                MIIB
                -----END CERTIFICATE-----
                -----BEGIN RSA PRIVATE KEY-----
                MIIEsecret
                -----END RSA PRIVATE KEY-----
                """;
        assertThat(Mask.DEFAULT.text(pem, "x", notes)).contains("MIIB").doesNotContain("MIIEsecret");
        assertThat(notes.value()).contains("x:private_key");
    }

    @Test
    void aLineOfYamlLosesItsSecret() {
        String kubeconfig =
                "users:\n- name: admin\n  user:\n    token: abc.def\n    client-key-data: LS0tLS1C\n    username: x\n";
        assertThat(Mask.DEFAULT.text(kubeconfig, "x", notes))
                .isEqualTo(
                        "users:\n- name: admin\n  user:\n    token: [masked]\n    client-key-data: [masked]\n    username: x\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36",
                "kubectl/v1.36.0 (linux/amd64) kubernetes/abc1234",
                "rbac_access_denied_matched_policy[ns[default]-policy[layer7-authz]-rule[0]]",
                "jwt_authn_access_denied{Jwt_is_expired}",
                "basic authentication failed, bearer token missing",
                "Authentication failed, attempted: bearer",
                "invalid token: expired",
                "RBAC: allowed by RoleBinding \"devs/emojivoto\" of ClusterRole \"edit-mesh\" to Group \"devs\"",
                "spiffe://cluster.local/ns/default/sa/bookinfo-productpage",
                "TLS_error:|268435581:SSL_routines:OPENSSL_internal:CERTIFICATE_VERIFY_FAILED:TLS_error_end",
                "outbound|9080||details.default.svc.cluster.local",
                "https://shop.example/a?page=2#top",
                "eyes.example.com",
                "sha256:4bf9",
                "/api/v1/namespaces/default/secrets?limit=500&continue=eyJ2IjoibWV0YSJ9",
                "100% of requests",
                "%%%%%zz%4",
                "a=b:c=d"
            })
    void ordinaryTextStaysAsItIs(String text) {
        assertThat(Mask.DEFAULT.text(text, "x", notes)).isEqualTo(text);
        assertThat(notes.value()).isEmpty();
    }

    @Test
    void notesAreSortedDistinctAndBounded() {
        Mask.DEFAULT.header("Cookie", "a", notes);
        Mask.DEFAULT.query("token=1&token=2", notes);
        assertThat(notes.value()).contains("header:Cookie,http.query:token");
        for (int i = 0; i < 1_000; i++) {
            Mask.DEFAULT.query(i + ",password=\n1", notes);
        }
        assertThat(notes.value().orElseThrow()).endsWith(",and_more").doesNotContain("\n");
    }

    @Test
    void rulesOfAConfigurationAddToTheDefaults() {
        MaskRules own = new MaskRules(
                java.util.Set.of("x-shop-ticket"),
                java.util.Set.of("voucher"),
                java.util.Set.of("iban"),
                java.util.Set.of(),
                MaskRules.DEFAULT.claims());
        Mask mask = new Mask(MaskRules.DEFAULT.and(own));
        assertThat(mask.header("X-Shop-Ticket", "1", notes)).isEqualTo("[masked]");
        assertThat(mask.query("voucher=1&token=2", notes)).isEqualTo("voucher=[masked]&token=[masked]");
        assertThat(mask.json("{\"iban\":\"DE1\"}", "raw", notes)).isEqualTo("{\"iban\":\"[masked]\"}");
        assertThat(mask.claim("sub")).isTrue();
        assertThat(mask.claim("email")).isFalse();
    }
}
