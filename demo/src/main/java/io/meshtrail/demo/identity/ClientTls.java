package io.meshtrail.demo.identity;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.StandardConstants;
import javax.net.ssl.TrustManagerFactory;

/// The client side of TLS: trusts the demo CA, shows one certificate or none.
public final class ClientTls {
    private final SSLContext context;

    private ClientTls(SSLContext context) {
        this.context = context;
    }

    /// A client.
    ///
    /// @param identity what the client shows, rightly or wrongly; empty for a client without a certificate
    public static ClientTls of(DemoCa ca, Optional<Identity> identity) {
        try {
            KeyStore roots = KeyStore.getInstance("PKCS12");
            roots.load(null, null);
            roots.setCertificateEntry("root", ca.root());
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(roots);
            KeyManager[] keys = identity.map(shown -> new KeyManager[] {new InsistentKeyManager(shown)})
                    .orElseGet(() -> new KeyManager[0]);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, trust.getTrustManagers(), null);
            return new ClientTls(context);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("this JDK lacks TLS with PKCS12 and PKIX", e);
        }
    }

    /// Starts TLS over a connected socket. The names in SPIFFE certificates are not host names: only the
    /// chain is
    /// checked.
    ///
    /// @throws IOException when the handshake fails; with TLS 1.3 a refusal may show at the first read only
    public SSLSocket over(Socket plain, String sni, List<String> alpn) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory()
                .createSocket(plain, plain.getInetAddress().getHostAddress(), plain.getPort(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setServerNames(List.of(new MeshName(sni)));
        parameters.setApplicationProtocols(alpn.toArray(new String[0]));
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    /// A host name as Istio writes it into the TLS hello. It has underscores, which the JDK's own type refuses.
    private static final class MeshName extends SNIServerName {
        MeshName(String name) {
            super(StandardConstants.SNI_HOST_NAME, name.getBytes(StandardCharsets.US_ASCII));
        }
    }
}
