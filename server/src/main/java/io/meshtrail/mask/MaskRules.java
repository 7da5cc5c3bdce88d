package io.meshtrail.mask;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/// What counts as a secret, as data. Parameters and keys are compared without case and without anything but
/// letters and digits: `client_secret`, `clientSecret` and `Client-Secret` are one name.
///
/// @param headers names of headers whose whole value is a secret, lower case
/// @param parameters names of query parameters whose value is a secret, letters and digits only, lower case
/// @param keys names of JSON members below which every value is a secret, likewise
/// @param endings endings of such names, for parameters and keys alike (`dbpassword` ends in `password`)
/// @param claims the JWT claims that may pass; all others are masked
public record MaskRules(
        Set<String> headers, Set<String> parameters, Set<String> keys, Set<String> endings, Set<String> claims) {
    /// The rules that always hold; configuration may add to them.
    public static final MaskRules DEFAULT = new MaskRules(
            Set.of(
                    "authorization",
                    "proxy-authorization",
                    "authentication",
                    "cookie",
                    "cookie2",
                    "set-cookie",
                    "set-cookie2",
                    "api-key",
                    "apikey",
                    "ocp-apim-subscription-key",
                    "x-api-key",
                    "x-apikey",
                    "x-auth",
                    "x-auth-key",
                    "x-auth-token",
                    "x-access-token",
                    "x-refresh-token",
                    "x-id-token",
                    "x-session-id",
                    "x-session-token",
                    "x-csrf-token",
                    "x-csrftoken",
                    "x-xsrf-token",
                    "x-secret",
                    "x-client-secret",
                    "x-amz-security-token",
                    "x-amzn-oidc-accesstoken",
                    "x-amzn-oidc-data",
                    "x-aws-ec2-metadata-token",
                    "x-goog-api-key",
                    "x-goog-iam-authorization-token",
                    "x-goog-iap-jwt-assertion",
                    "x-goog-channel-token",
                    "x-ms-token-aad-access-token",
                    "x-ms-token-aad-id-token",
                    "x-ms-token-aad-refresh-token",
                    "x-forwarded-access-token",
                    "x-forwarded-authorization",
                    "x-original-authorization",
                    "x-auth-request-access-token",
                    "x-vault-token",
                    "x-consul-token",
                    "x-nomad-token",
                    "x-gitlab-token",
                    "x-github-token",
                    "private-token",
                    "job-token",
                    "deploy-token",
                    "x-hub-signature",
                    "x-hub-signature-256",
                    "x-registry-auth",
                    "x-jwt-assertion",
                    "x-jwt-payload",
                    "x-endpoint-api-userinfo",
                    "cf-access-jwt-assertion",
                    "cf-access-client-secret",
                    "dpop"),
            Set.of(
                    "token",
                    "code",
                    "password",
                    "passwd",
                    "passphrase",
                    "pwd",
                    "pass",
                    "secret",
                    "key",
                    "sig",
                    "signature",
                    "hmac",
                    "auth",
                    "authorization",
                    "bearer",
                    "jwt",
                    "assertion",
                    "clientassertion",
                    "samlresponse",
                    "samlrequest",
                    "session",
                    "sessionid",
                    "sessid",
                    "sid",
                    "ssid",
                    "jsessionid",
                    "phpsessid",
                    "otp",
                    "totp",
                    "pin",
                    "ticket",
                    "credential",
                    "credentials",
                    "codeverifier",
                    "devicecode",
                    "xamzcredential",
                    "xgoogcredential",
                    "awsaccesskeyid",
                    "googleaccessid"),
            Set.of(
                    "authorization",
                    "proxyauthorization",
                    "cookie",
                    "setcookie",
                    "token",
                    "bearer",
                    "jwt",
                    "passwd",
                    "passphrase",
                    "pwd",
                    "secret",
                    "credential",
                    "credentials",
                    "apikey",
                    "xapikey",
                    "hmackey",
                    "signingkey",
                    "encryptionkey",
                    "clientkeydata",
                    "clientkey",
                    "tlskey",
                    "sshprivatekey",
                    "keytab",
                    "dockerconfigjson",
                    "dockercfg",
                    "htpasswd",
                    "genericsecret",
                    "sessionticketkeys"),
            Set.of(
                    "password",
                    "passwd",
                    "passphrase",
                    "apikey",
                    "accesskey",
                    "secretkey",
                    "privatekey",
                    "secretaccesskey",
                    "clientsecret",
                    "sharedsecret",
                    "secretid",
                    "accesstoken",
                    "refreshtoken",
                    "idtoken",
                    "authtoken",
                    "bearertoken",
                    "sessiontoken",
                    "securitytoken",
                    "csrftoken",
                    "xsrftoken",
                    "apitoken",
                    "usertoken",
                    "bottoken",
                    "jwttoken",
                    "signature",
                    "connectionstring"),
            Set.of("iss", "sub", "aud", "azp", "groups", "exp", "jti"));

    public MaskRules {
        headers = Set.copyOf(headers);
        parameters = Set.copyOf(parameters);
        keys = Set.copyOf(keys);
        endings = Set.copyOf(endings);
        claims = Set.copyOf(claims);
    }

    /// These rules and others: what either calls a secret is one; a claim passes only if both let it.
    public MaskRules and(MaskRules others) {
        Set<String> both = new HashSet<>(claims);
        both.retainAll(others.claims);
        return new MaskRules(
                union(headers, others.headers),
                union(parameters, others.parameters),
                union(keys, others.keys),
                union(endings, others.endings),
                both);
    }

    /// Whether the whole value of this header is a secret.
    boolean header(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return headers.contains(lower) || ends(plain(lower));
    }

    boolean parameter(String name) {
        String plain = plain(name);
        return parameters.contains(plain) || ends(plain);
    }

    boolean key(String name) {
        String plain = plain(name);
        return keys.contains(plain) || ends(plain);
    }

    private boolean ends(String plain) {
        for (String ending : endings) {
            if (plain.endsWith(ending)) {
                return true;
            }
        }
        return false;
    }

    private static String plain(String name) {
        StringBuilder letters = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c < 0x80 && Character.isLetterOrDigit(c)) {
                letters.append(Character.toLowerCase(c));
            }
        }
        return letters.toString();
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> all = new HashSet<>(one);
        all.addAll(other);
        return all;
    }
}
