package io.chapar.app.start;

import io.chapar.app.broker.BrokerUnreadable;
import io.chapar.record.TablesMissing;
import io.chapar.trust.KeyUnavailable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flywaydb.core.api.FlywayException;
import org.springframework.beans.TypeMismatchException;
import org.springframework.beans.factory.UnsatisfiedDependencyException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.util.PlaceholderResolutionException;

/** The one table of what can keep the gateway from starting, and what to do about it. */
final class Causes {

    private static final List<String> DISK_FULL = List.of(
            "no space left on device",
            "disk quota exceeded",
            "file too large",
            "database or disk is full",
            "sqlite_full");
    private static final List<String> DATABASE_DAMAGED = List.of("sqlite_corrupt", "sqlite_notadb");

    /** What stands before the words of a cause that somebody took over; a setting's name ends with a small letter. */
    private static final String CLASS = "^([\\w$]+\\.)+[A-Z][\\w$]*: ";

    /** The first that is true of anything in the chain of causes tells. */
    private static final List<Row<?>> TABLE = List.of(
            row(
                    Throwable.class,
                    saying(DISK_FULL),
                    full -> "the disk is full (" + line(innermost(full, saying(DISK_FULL)))
                            + "): make room where chapar.data lies, and start again; what was accepted is in the record"),
            row(TablesMissing.class, each -> true, Causes::line),
            row(
                    SQLException.class,
                    saying(DATABASE_DAMAGED),
                    damaged -> "the database file chapar.db in chapar.data is damaged: restore it from its backup"),
            row(
                    SQLException.class,
                    Causes::unreachable,
                    away -> "the database of chapar.database.url does not answer: start it, or correct the setting ("
                            + line(away) + ")"),
            row(
                    FlywayException.class,
                    each -> true,
                    foreign -> "the tables of the database are not those that this version of Chapar makes: start the"
                            + " version that made them, or correct chapar.database.url (" + line(foreign) + ")"),
            row(BrokerUnreadable.class, each -> true, Causes::line),
            row(
                    PortInUseException.class,
                    each -> true,
                    taken -> "port " + taken.getPort()
                            + " is in use: end what listens there, or set server.port or management.server.port"),
            row(
                    KeyUnavailable.class,
                    each -> true,
                    away -> line(away) + ": look whether the token is there and the key may do what it is for; see"
                            + " docs/keys.md"),
            row(Throwable.class, Causes::inOwnWords, Causes::line),
            row(
                    BindException.class,
                    each -> true,
                    bind -> "the setting " + bind.getName() + " cannot be read as "
                            + word(String.valueOf(bind.getTarget().getType())) + ": correct or remove it"),
            row(
                    UnsatisfiedDependencyException.class,
                    each -> each.getCause() instanceof TypeMismatchException
                            && setting(each).isPresent(),
                    unsatisfied -> "the setting " + setting(unsatisfied).orElseThrow()
                            + " cannot be read: correct or remove it"),
            row(
                    PlaceholderResolutionException.class,
                    each -> true,
                    missing -> "a setting is missing: " + line(missing)),
            row(
                    Throwable.class,
                    Causes::ofRoutes,
                    route -> "a route under chapar.routes cannot be used: " + line(route) + because(route)
                            + "; correct the file that says so"),
            row(
                    NoSuchFileException.class,
                    each -> true,
                    gone -> "the file " + gone.getFile()
                            + " is missing: put it there, or correct the setting that names it"),
            row(
                    FileNotFoundException.class,
                    each -> true,
                    gone -> "a file is missing or must not be read: " + line(gone) + "; put it there, or correct the"
                            + " setting that names it"),
            row(
                    AccessDeniedException.class,
                    each -> true,
                    denied -> "the file " + denied.getFile() + " must not be read or written by the user that runs the"
                            + " gateway: change its owner or its mode"));

    private record Row<T extends Throwable>(Class<T> type, Predicate<T> is, Function<T, String> says) {

        Optional<String> tell(List<Throwable> chain) {
            return chain.stream()
                    .filter(type::isInstance)
                    .map(type::cast)
                    .filter(is)
                    .findFirst()
                    .map(says);
        }
    }

    private Causes() {}

    /** @param chain of causes, from the outermost */
    static Optional<String> told(List<Throwable> chain) {
        return TABLE.stream().flatMap(row -> row.tell(chain).stream()).findFirst();
    }

    private static <T extends Throwable> Row<T> row(Class<T> type, Predicate<T> is, Function<T, String> says) {
        return new Row<>(type, is, says);
    }

    private static <T extends Throwable> Predicate<T> saying(List<String> words) {
        return each -> {
            String said = String.valueOf(each.getMessage()).toLowerCase(Locale.ROOT);
            return words.stream().anyMatch(said::contains);
        };
    }

    /** SQLSTATE class 08, connection exception; 28 and 3D: no such user, no such database. */
    private static boolean unreachable(SQLException each) {
        String state = String.valueOf(each.getSQLState());
        return Stream.of("08", "28", "3D").anyMatch(state::startsWith);
    }

    /** Thrown by our own code, with words that were written for whoever starts the gateway. */
    private static boolean inOwnWords(Throwable each) {
        StackTraceElement[] trace = each.getStackTrace();
        boolean told = each instanceof IllegalStateException
                || each instanceof IllegalArgumentException
                || each instanceof UncheckedIOException
                || each.getClass().equals(IOException.class);
        boolean own = each.getCause() == null || !each.getCause().toString().equals(each.getMessage());
        return told
                && own
                && each.getMessage() != null
                && trace.length > 0
                && trace[0].getClassName().startsWith("io.chapar.");
    }

    /** From {@code ${chapar.doors.longest-wait:60s}} the name. */
    private static Optional<String> setting(UnsatisfiedDependencyException each) {
        return Optional.ofNullable(each.getInjectionPoint())
                .map(point -> point.getAnnotation(Value.class))
                .map(Value::value)
                .filter(value -> value.startsWith("${"))
                .map(value -> value.substring(2).split("[:}]", 2)[0]);
    }

    private static boolean ofRoutes(Throwable each) {
        String type = each.getClass().getName();
        return type.startsWith("org.snakeyaml.engine.") || type.startsWith("org.apache.camel.");
    }

    /** The innermost cause knows the line; the outermost, the file. */
    private static String because(Throwable each) {
        Throwable innermost = innermost(each, any -> true);
        return line(each).contains(line(innermost)) ? "" : ", because of " + line(innermost);
    }

    /** Without the words that everybody on the way has put around them. */
    private static Throwable innermost(Throwable each, Predicate<Throwable> is) {
        Throwable innermost = each;
        for (Throwable cause = each.getCause(); cause != null; cause = cause.getCause()) {
            innermost = is.test(cause) ? cause : innermost;
        }
        return innermost;
    }

    private static String word(String type) {
        return type.substring(Math.max(type.lastIndexOf('.'), type.lastIndexOf('$')) + 1);
    }

    private static String line(Throwable each) {
        return String.valueOf(each.getMessage())
                .replaceFirst(CLASS, "")
                .lines()
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" "));
    }
}
