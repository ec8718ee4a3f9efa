package io.chapar.app.command;

import io.chapar.app.catalogue.PartyFile;
import io.chapar.message.PartyCode;
import io.chapar.trust.DevelopmentPki;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import picocli.CommandLine.Option;

/** The parties' keys, for commands that play the agencies. */
final class DevelopmentCertificates {

    /** Where the directory lies for a command that is not told another place. */
    static final Path ROUTES = Path.of("routes");

    @Option(
            names = "--certificates",
            paramLabel = "FOLDER",
            defaultValue = "certs-dev",
            description = "Development certificates; made when missing (${DEFAULT-VALUE}).")
    private Path folder = Path.of("certs-dev");

    /** Where they are, and were made for all parties of the directory in these routes if they were missing. */
    Path made(Path routes) throws IOException {
        make(folder, routes);
        return folder;
    }

    /** Makes what is missing in this folder for the parties whose directory lies in those routes, and says who they are. */
    static Set<PartyCode> make(Path folder, Path routes) throws IOException {
        Set<PartyCode> parties = PartyFile.codes(routes.resolve(PartyFile.NAME));
        DevelopmentPki.make(folder, parties);
        return parties;
    }
}
