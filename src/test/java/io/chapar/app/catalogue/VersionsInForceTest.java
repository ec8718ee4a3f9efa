package io.chapar.app.catalogue;

import io.chapar.authorise.Authorise;
import io.chapar.message.Catalogue;
import io.chapar.message.Format;
import io.chapar.message.Passage;
import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import io.chapar.schema.Schemas;
import io.chapar.validate.Validate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** The newer version of an exchange begins while the older one has not ended: the days of both agreements, as they are in Baku. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VersionsInForceTest {

    private static final String EXCHANGE = "stay-extension";
    private static final Path VERSIONS = Path.of("target", "versions");
    private static final Schemas SCHEMAS = Schemas.load(VERSIONS.resolve("schemas"));

    private Catalogue catalogue = RealFiles.CATALOGUE;

    @BeforeAll
    void agree(@TempDir Path routes) throws IOException {
        RealFiles.copy(VERSIONS.resolve("routes"), routes);
        RealFiles.change(
                routes.resolve(EXCHANGE).resolve("agreement.yaml"),
                text -> text.replaceFirst("(?m)^(validFrom: .*)$", "$1\nvalidUntil: \"2026-12-31\""));
        RealFiles.change(
                routes.resolve(EXCHANGE).resolve("agreement-1.1.yaml"),
                text -> text.replaceFirst("(?m)^validFrom: .*$", "validFrom: \"2026-12-01\""));
        catalogue = RealFiles.load(routes, SCHEMAS);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-30T19:59:59Z, 1.0, JSON",
        "2026-11-30T20:00:00Z, 1.0, XML",
        "2026-11-30T20:00:00Z, 1.1, JSON",
        "2026-12-31T19:59:59Z, 1.0, JSON",
        "2026-12-31T19:59:59Z, 1.1, XML",
        "2026-12-31T20:00:00Z, 1.1, JSON",
    })
    void accepted_from_the_first_moment_of_the_first_day_to_the_last_of_the_last(
            Instant now, String version, Format format) throws Exception {
        assertThat(authorise(now).apply(sent(version, format)).receivers()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "2018-01-01T00:00:00Z, 1.1, JSON",
        "2026-11-30T19:59:59Z, 1.1, JSON",
        "2026-11-30T19:59:59Z, 1.1, XML",
        "2026-12-31T20:00:00Z, 1.0, JSON",
        "2026-12-31T20:00:00Z, 1.0, XML",
        "2030-06-01T00:00:00Z, 1.0, XML",
        "2017-12-31T19:59:59Z, 1.0, XML",
    })
    void not_agreed_before_its_first_day_and_after_its_last_whatever_the_other_version_is(
            Instant now, String version, Format format) throws Exception {
        Passage.Validated sent = sent(version, format);
        Refusal refusal =
                catchThrowableOfType(Refusal.class, () -> authorise(now).apply(sent));
        assertThat(refusal.problem().code()).isEqualTo(ProblemCode.NOT_AGREED);
        assertThat(refusal.problem().detail()).contains("not in force today");
    }

    private Authorise authorise(Instant now) {
        return new Authorise(
                catalogue,
                RealFiles.PARTIES,
                header -> Optional.empty(),
                header -> false,
                Clock.fixed(now, ZoneOffset.UTC));
    }

    private static Passage.Validated sent(String version, Format format) throws Exception {
        String document = Files.readString(VERSIONS.resolve("schemas")
                .resolve(EXCHANGE)
                .resolve(version)
                .resolve("samples")
                .resolve(format == Format.XML ? "full.xml" : "full.json"));
        return new Validate(SCHEMAS)
                .apply(
                        format == Format.XML
                                ? Passages.xml("SMS", EXCHANGE, document)
                                : Passages.json("SMS", EXCHANGE, document));
    }
}
