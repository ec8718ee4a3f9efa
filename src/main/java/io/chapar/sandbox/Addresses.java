package io.chapar.sandbox;

import java.nio.file.Path;
import java.util.Locale;
import org.springframework.core.env.Environment;

/** Where everything is, for someone who has just started it. */
final class Addresses {

    private Addresses() {}

    static String text(Environment settings, int sandboxPort) {
        String agencies = "https://localhost:" + settings.getProperty("server.port", "8443");
        String people = "https://localhost:" + settings.getProperty("management.server.port", "8444");
        String folder = settings.getProperty("chapar.certificates", "certs-dev");
        Path certificates = Path.of(folder);
        return String.format(
                Locale.ROOT,
                """

                Addresses (everything stays up; Ctrl-C stops it)
                  REST        %1$s/api/v1            client certificate of a party, such as %3$s/MH/tls.p12 (password chapar-dev)
                  OpenAPI     %1$s/api/v1/openapi.json
                  SOAP        %1$s/ws/{exchange}?wsdl  an exchange is a folder of routes/, such as birth-notification
                  AMQP        amqps://localhost:%6$s   AMQP 1.0, SASL EXTERNAL with the same certificate: write in.MH, read out.MH
                  Hawtio      %2$s/hawtio            logins viewer, operator, auditor, admin; the password is the login with -sandbox
                  Health      %2$s/actuator/health   open: /liveness and /readiness; metrics: /actuator/prometheus
                  Agencies    https://localhost:%4$d/{PARTY}   simulated; `deploy/chapar sandbox SPR down` and so on
                  Certificates %5$s
                Again: `deploy/chapar play`. Where a message of yours is:
                  curl --cacert %3$s/ca.cert.pem --cert %3$s/MH/tls.cert.pem --key %3$s/MH/tls.key.pem \\
                    "%1$s/api/v1/messages?since=2026-01-01T00:00:00Z"
                """,
                agencies,
                people,
                folder,
                sandboxPort,
                certificates.toAbsolutePath().normalize(),
                settings.getProperty("chapar.broker.amqp-port", "5671"));
    }
}
