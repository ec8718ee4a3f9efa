package io.chapar.app.command;

import io.chapar.trust.DevelopmentPki;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes the development certificates, and nothing else; the gateway makes the same ones at its first start. */
@Command(
        name = "certificates",
        mixinStandardHelpOptions = true,
        description = {
            "Makes the development keys and certificates of every party of the directory, without starting the gateway.",
            "What is there already stays as it is. Not for production: the keys are not encrypted."
        })
final class CertificatesCommand implements Callable<Integer> {

    @Parameters(
            arity = "0..1",
            paramLabel = "FOLDER",
            defaultValue = "${env:CHAPAR_CERTIFICATES:-certs-dev}",
            description = "Where they go (default: ${DEFAULT-VALUE}).")
    private Path folder = Path.of("certs-dev");

    @Option(
            names = "--routes",
            paramLabel = "FOLDER",
            description = "Where the party directory parties.yaml lies (${DEFAULT-VALUE}).")
    private Path routes = DevelopmentCertificates.ROUTES;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        int parties = DevelopmentCertificates.make(folder, routes).size();
        new Output(spec)
                .line(
                        "%d parties in %s, and the authority ca.cert.pem; the password of every .p12 is %s",
                        parties, folder.toAbsolutePath().normalize(), DevelopmentPki.PASSWORD);
        return 0;
    }
}
