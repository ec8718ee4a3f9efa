package io.chapar.app.door;

import io.chapar.trust.ClientPathTrust;
import java.time.Clock;
import java.util.Arrays;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.apache.tomcat.util.net.SSLUtil;
import org.apache.tomcat.util.net.jsse.JSSEImplementation;
import org.apache.tomcat.util.net.jsse.JSSEUtil;
import org.jspecify.annotations.Nullable;

/**
 * The server's TLS, which leaves to the stages whether a client's certificate is in time. The server makes one of these
 * by its name, for the first certificates and for each that replace them while it runs.
 */
public final class DoorTls extends JSSEImplementation {

    @Override
    public SSLUtil getSSLUtil(SSLHostConfigCertificate certificate) {
        return new Contexts(certificate);
    }

    private static final class Contexts extends JSSEUtil {

        Contexts(SSLHostConfigCertificate certificate) {
            super(certificate);
        }

        @Override
        public TrustManager @Nullable [] getTrustManagers() throws Exception {
            TrustManager[] usual = super.getTrustManagers();
            return usual == null
                    ? null
                    : Arrays.stream(usual).map(Contexts::leavingTimeToStages).toArray(TrustManager[]::new);
        }

        private static TrustManager leavingTimeToStages(TrustManager usual) {
            return usual instanceof X509ExtendedTrustManager platform
                    ? new ClientPathTrust(platform, Clock.systemUTC())
                    : usual;
        }
    }
}
