package io.meshtrail.source.linkerd;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the proxy knows of a connection's TLS, from the `Debug` form of a Rust value, which changes between
/// versions: `Some(Established { client_id: Some(ClientId(Dns(Name("…")))), … })`, `None(NoClientHello)`.
///
/// @param identity of the client's certificate, or empty
/// @param without why there is none: `NoClientHello`, `Disabled`, `Loopback`, `PortSkipped`; or empty
/// @param sni of a TLS connection that was passed on unopened, or empty
record Peer(String identity, String without, String sni) {
    private static final Pattern DNS = Pattern.compile("ClientId\\((?:Dns\\()?Name\\(\"([^\"]+)\"");
    private static final Pattern URI = Pattern.compile(
            "ClientId\\(Uri\\(Url \\{ scheme: \"(spiffe)\",.{0,400}?"
                    + "host: Some\\((?:Domain\\()?\"([^\"]+)\".{0,200}?path: \"([^\"]*)\"",
            Pattern.DOTALL);
    private static final Pattern PLAIN_URI = Pattern.compile("ClientId\\(Uri\\(\"?(spiffe://[^\"\\s)]+)");
    private static final Pattern WITHOUT = Pattern.compile("None\\((\\w{1,32})\\)");
    private static final Pattern SNI = Pattern.compile("Passthru \\{ sni: (?:ServerName\\()?(?:Name\\()?\"([^\"]+)\"");

    static Peer of(String debug) {
        return new Peer(identity(debug), first(WITHOUT, debug), first(SNI, debug));
    }

    private static String identity(String debug) {
        String dns = first(DNS, debug);
        if (!dns.isEmpty()) {
            return dns;
        }
        Matcher uri = URI.matcher(debug);
        return uri.find() ? uri.group(1) + "://" + uri.group(2) + uri.group(3) : first(PLAIN_URI, debug);
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : "";
    }
}
