package io.meshtrail.mask;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class JsonMaskTest {
    private final MaskNotes notes = new MaskNotes();

    private String mask(String json) {
        return Mask.DEFAULT.json(json.replace('\'', '"'), "raw", notes).replace('"', '\'');
    }

    @Test
    void theValuesOfDeniedKeysAreMaskedAtAnyDepth() {
        assertThat(mask("{'a':[{'dbPassword':'x','n':1}],'Authorization':['Bearer a','b'],'api_key':7}"))
                .isEqualTo(
                        "{'a':[{'dbPassword':'[masked]','n':1}],'Authorization':['[masked]','[masked]'],'api_key':'[masked]'}");
        assertThat(notes.value()).contains("raw:Authorization,raw:a.dbPassword,raw:api_key");
    }

    @Test
    void aPairOfNameAndValueIsReadAsOne() {
        assertThat(mask("{'env':[{'name':'DB_PASSWORD','value':'x'},{'name':'HOME','value':'/root'}]}"))
                .isEqualTo("{'env':[{'name':'DB_PASSWORD','value':'[masked]'},{'name':'HOME','value':'/root'}]}");
        assertThat(mask("{'key':'request.headers[x-api-key]','values':['a']}"))
                .isEqualTo("{'key':'request.headers[x-api-key]','values':['[masked]']}");
        assertThat(mask("{'headers':[['authorization','abc'],['host','h']]}"))
                .isEqualTo("{'headers':[['authorization','[masked]'],['host','h']]}");
        assertThat(mask("{'name':'TOKEN','valueFrom':{'secretKeyRef':{'name':'n','key':'k'}}}"))
                .isEqualTo("{'name':'TOKEN','valueFrom':{'secretKeyRef':{'name':'n','key':'k'}}}");
    }

    @Test
    void whatOnlySoundsLikeASecretStays() {
        String pod = "{'volumes':[{'name':'v','secret':{'secretName':'tls','defaultMode':420}}],"
                + "'imagePullSecrets':[{'name':'reg'}],'automountServiceAccountToken':false,"
                + "'projected':{'serviceAccountToken':{'path':'t','expirationSeconds':10}},'code':200,'key':'k'}";
        assertThat(mask(pod)).isEqualTo(pod);
        assertThat(notes.value()).isEmpty();
    }

    @Test
    void onlyTheKeysOfASecretRemain() {
        assertThat(mask("{'data':{'a':'YQ==','b':null},'stringData':{'c':'plain'},'kind':'Secret','type':'Opaque',"
                        + "'metadata':{'name':'n','annotations':{'kubectl.kubernetes.io/last-applied-configuration':"
                        + "'{\\'kind\\':\\'Secret\\',\\'data\\':{\\'a\\':\\'YQ==\\'}}'}}}"))
                .isEqualTo(
                        "{'data':{'a':'[masked]','b':null},'stringData':{'c':'[masked]'},'kind':'Secret','type':'Opaque',"
                                + "'metadata':{'name':'n','annotations':{'kubectl.kubernetes.io/last-applied-configuration':"
                                + "'{\\'kind\\':\\'Secret\\',\\'data\\':{\\'a\\':\\'[masked]\\'}}'}}}");
        assertThat(notes.value().orElseThrow()).startsWith("raw:data.a,");
    }

    @Test
    void listsOfSecretsAreSecrets() {
        assertThat(mask("{'kind':'SecretList','items':[{'data':{'a':'x'}}]}")).doesNotContain("'x'");
        assertThat(
                        mask(
                                "{'kind':'List','items':[{'kind':'Secret','data':{'a':'x'}},{'kind':'ConfigMap','data':{'a':'y'}}]}"))
                .isEqualTo("{'kind':'List','items':[{'kind':'Secret','data':{'a':'[masked]'}},"
                        + "{'kind':'ConfigMap','data':{'a':'y'}}]}");
    }

    @Test
    void patchesOfASecretAreMaskedInBothShapes() {
        assertThat(mask("{'objectRef':{'resource':'secrets','name':'n'},'requestObject':{'data':{'a':'x'},"
                        + "'metadata':{'labels':{'l':'v'}}}}"))
                .isEqualTo("{'objectRef':{'resource':'secrets','name':'n'},'requestObject':{'data':{'a':'[masked]'},"
                        + "'metadata':{'labels':{'l':'v'}}}}");
        assertThat(mask("{'objectRef':{'resource':'secrets'},'requestObject':["
                        + "{'op':'replace','path':'/data/a','value':'x'},"
                        + "{'op':'add','path':'','value':{'stringData':{'a':'x'}}},"
                        + "{'op':'add','path':'/metadata/labels/l','value':'v'},"
                        + "{'op':'add','path':'/metadata/annotations/kubectl.kubernetes.io~1last-applied-configuration',"
                        + "'value':'{\\'data\\':{\\'a\\':\\'x\\'}}'},"
                        + "{'op':'remove','path':'/data/b'}]}"))
                .isEqualTo("{'objectRef':{'resource':'secrets'},'requestObject':["
                        + "{'op':'replace','path':'/data/a','value':'[masked]'},"
                        + "{'op':'add','path':'','value':{'stringData':{'a':'[masked]'}}},"
                        + "{'op':'add','path':'/metadata/labels/l','value':'v'},"
                        + "{'op':'add','path':'/metadata/annotations/kubectl.kubernetes.io~1last-applied-configuration',"
                        + "'value':'{\\'data\\':{\\'a\\':\\'[masked]\\'}}'},"
                        + "{'op':'remove','path':'/data/b'}]}");
    }

    @Test
    void whatAWebhookChangedInASecretIsMasked() {
        assertThat(
                        mask(
                                "{'objectRef':{'resource':'secrets'},'annotations':{'patch.webhook.admission.k8s.io/round_0_index_0':"
                                        + "'{\\'patch\\':[{\\'op\\':\\'add\\',\\'path\\':\\'/data/k\\',\\'value\\':\\'hush\\'}]}'}}"))
                .doesNotContain("hush")
                .contains("/data/k");
    }

    @Test
    void issuedAndReviewedTokensAreMasked() {
        assertThat(mask("{'kind':'TokenRequest','status':{'token':'abc','expirationTimestamp':'t'}}"))
                .isEqualTo("{'kind':'TokenRequest','status':{'token':'[masked]','expirationTimestamp':'t'}}");
        assertThat(mask("{'kind':'TokenReview','spec':{'token':'abc','audiences':['a']}}"))
                .isEqualTo("{'kind':'TokenReview','spec':{'token':'[masked]','audiences':['a']}}");
    }

    @Test
    void claimsPassByAllowList() {
        assertThat(
                        mask(
                                "{'envoy.filters.http.jwt_authn':{'payload':{'iss':'i','sub':'s','email':'e','exp':1,'realm':{'r':['x']}}}}"))
                .isEqualTo("{'envoy.filters.http.jwt_authn':{'payload':"
                        + "{'iss':'i','sub':'s','email':'[masked]','exp':1,'realm':{'r':['[masked]']}}}}");
    }

    @Test
    void tokensInValuesAndKeysAreMasked() {
        String jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl";
        assertThat(mask("{'a':'x " + jwt + "','" + jwt + "':1,'" + jwt + "x':2}"))
                .isEqualTo("{'a':'x [masked]','[masked]':1,'[masked]2':2}");
        assertThat(notes.value()).contains("raw:a,raw:key");
    }

    @Test
    void numbersStayAsWrittenAndMaskingTwiceChangesNothing() {
        String once = mask("{'n':1e999999999,'m':123456789012345678901234567890.10,'password':'x','s':'\\ud800'}");
        assertThat(once)
                .isEqualTo(
                        "{'n':1e999999999,'m':123456789012345678901234567890.10,'password':'[masked]','s':'\\ud800'}");
        assertThat(mask(once)).isEqualTo(once);
    }

    @Test
    void whatIsTooDeepIsCutAndCannotHideASecret() {
        String deep = "[".repeat(300) + "{'password':'hunter2'}" + "]".repeat(300);
        assertThat(mask(deep)).contains("cut: deeper").doesNotContain("hunter2");
        assertThat(mask("[".repeat(20_000))).isEqualTo("[".repeat(20_000));
    }

    @Test
    void textThatIsNotJsonIsMaskedAsText() {
        assertThat(mask("{'password':'hunter2'")).isEqualTo("{'password':'[masked]'");
    }
}
