package io.chapar.app.command;

import io.chapar.trust.DevelopmentPki;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The parties' keys, for commands that play the agencies. */
final class DevelopmentCertificates {

    @Option(
            names = "--certificates",
            paramLabel = "FOLDER",
            defaultValue = "certs-dev",
            description = "Development certificates; made when missing (${DEFAULT-VALUE}).")
    private Path folder = Path.of("certs-dev");

    /** Where they are, and were made if they were missing. */
    Path made() throws IOException {
        DevelopmentPki.make(folder);
        return folder;
    }
}
