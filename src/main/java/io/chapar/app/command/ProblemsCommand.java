package io.chapar.app.command;

import io.chapar.app.door.ProblemDocument;
import io.chapar.message.ProblemCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes the table of problems as a page, to the screen or into a file such as {@code docs/problems.md}. */
@Command(
        name = "problems",
        mixinStandardHelpOptions = true,
        description = "Prints the table of problems, or writes it to a file.")
public final class ProblemsCommand implements Callable<Integer> {

    @Option(names = "--write", paramLabel = "FILE", description = "Where to write it, instead of the screen.")
    private @Nullable Path file;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (file != null) {
            Files.writeString(file, page());
        } else if (spec != null) {
            PrintWriter out = spec.commandLine().getOut();
            out.print(page());
            out.flush();
        }
        return 0;
    }

    /** The page, which is the same for the same table. */
    public static String page() {
        StringBuilder page = new StringBuilder("""
                # Problems

                Generated from the one table of problems by `problems --write docs/problems.md`. Do not edit it.

                Every refusal is a problem of RFC 9457: `application/problem+json`, or `application/problem+xml` for callers
                that speak XML; over SOAP it is the `problem` element in the fault's detail. It is signed: over HTTP by a detached
                JWS in `X-JWS-Signature`, over SOAP as every envelope. `type` is `urn:chapar:problem:` and the code. The first
                stage that fails answers. Codes are stable; one may be added, none is renamed.

                `retry` says whether sending again can help: `never`, `after-change` of what was wrong, or `later`,
                after the seconds that `Retry-After` gives. Places in the content are listed in `violations` by JSON Pointer, for
                XML too, and never with the value that stands there. `messageId` is told from the moment the
                signature holds.

                | Status | Code | What happened | Retry | What to do |
                |---|---|---|---|---|
                """);
        for (ProblemCode code : ProblemCode.values()) {
            page.append("| ")
                    .append(code.status())
                    .append(" | `")
                    .append(code.code())
                    .append("` | ")
                    .append(code.title())
                    .append(" | ")
                    .append(ProblemDocument.retry(code))
                    .append(" | ")
                    .append(code.nextStep())
                    .append(" |\n");
        }
        return page.toString();
    }
}
