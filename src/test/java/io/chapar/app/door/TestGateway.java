package io.chapar.app.door;

import io.chapar.app.BatchConfiguration;
import io.chapar.app.DoorsConfiguration;
import io.chapar.app.PortsConfiguration;
import io.chapar.console.Metrics;
import io.chapar.message.Agreement;
import io.chapar.message.Catalogue;
import io.chapar.message.Digest;
import io.chapar.message.ExchangeVersion;
import io.chapar.message.FewParties;
import io.chapar.message.Following;
import io.chapar.message.Format;
import io.chapar.message.Party;
import io.chapar.message.PartyCode;
import io.chapar.message.PartyDirectory;
import io.chapar.message.Passage;
import io.chapar.message.Problem;
import io.chapar.message.ProblemCode;
import io.chapar.message.Receipt;
import io.chapar.message.Refusal;
import io.chapar.message.Signer;
import io.chapar.message.Stage;
import io.chapar.message.Violation;
import io.chapar.trust.BatchSignatures;
import io.chapar.trust.JsonSignatures;
import io.chapar.trust.PayloadKeys;
import io.chapar.trust.Receipts;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.autoconfigure.http.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.autoconfigure.web.embedded.EmbeddedWebServerFactoryCustomizerAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.DispatcherServletAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.ServletWebServerFactoryAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.WebMvcAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.error.ErrorMvcAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The doors on a real server with mutual TLS; what lies behind them is played. One for all tests: nothing is kept. */
public final class TestGateway {

    public static final TestRecord RECORD = new TestRecord();

    /** Few, so that few bodies which do not come are more. */
    static final int THREADS = 40;

    private static final TestCertificates CERTIFICATES = new TestCertificates();
    private static final TestCertificates.Identity MH_KEYS = CERTIFICATES.issue("MH");
    private static final TestCertificates.Identity MJ_KEYS = CERTIFICATES.issue("MJ");
    private static final TestCertificates.Identity SBS_KEYS = CERTIFICATES.issue("SBS");
    private static final TestCertificates.Identity OWN_KEYS = CERTIFICATES.issue("CHAPAR");
    private static final TestCertificates.Identity STRANGER_KEYS = CERTIFICATES.issue("stranger");
    private static final Party MH = party("MH", true, MH_KEYS.certificate());
    private static final Party SBS = party("SBS", false, SBS_KEYS.certificate());
    private static final Party MJ = party("MJ", false, MJ_KEYS.certificate());
    private static final Party OWN = party("CHAPAR", true, OWN_KEYS.certificate());
    private static final Map<String, Passage.Arrived> SEEN = new ConcurrentHashMap<>();
    private static final int PORT = start();

    private static final HttpClient AS_MH = client(MH_KEYS);
    private static final HttpClient AS_MJ = client(MJ_KEYS);
    private static final HttpClient AS_SBS = client(SBS_KEYS);
    private static final HttpClient AS_GATEWAY = client(OWN_KEYS);
    private static final HttpClient AS_STRANGER = client(STRANGER_KEYS);
    private static final HttpClient AS_NOBODY = client();

    private TestGateway() {}

    public static HttpClient asMh() {
        return AS_MH;
    }

    /** A party that need not sign its acknowledgements. */
    public static HttpClient asMj() {
        return AS_MJ;
    }

    /** A party that no agreement names. */
    public static HttpClient asSbs() {
        return AS_SBS;
    }

    /** Who has the gateway's own keys. */
    public static HttpClient asGateway() {
        return AS_GATEWAY;
    }

    public static HttpClient asStranger() {
        return AS_STRANGER;
    }

    public static HttpClient asNobody() {
        return AS_NOBODY;
    }

    /** For connections that are no client's. */
    static SSLContext tls() {
        return CERTIFICATES.client(MH_KEYS);
    }

    /** The same, of a party whose mailbox is empty. */
    static SSLContext tlsOfMj() {
        return CERTIFICATES.client(MJ_KEYS);
    }

    /** The same, of one that nobody knows, and that is another each time: what is counted by certificate begins anew. */
    static SSLContext tlsOfAnotherStranger() {
        return CERTIFICATES.client(CERTIFICATES.issue("another stranger"));
    }

    /** The same, without a certificate. */
    static SSLContext tlsOfNobody() {
        return CERTIFICATES.client();
    }

    /** Whether anything came to the straight way for this exchange. */
    static boolean came(String exchange) {
        return SEEN.containsKey(exchange);
    }

    public static int port() {
        return PORT;
    }

    /** What came to the straight way for this exchange last. */
    public static Passage.Arrived seen(String exchange) {
        return Optional.ofNullable(SEEN.get(exchange)).orElseThrow();
    }

    public static HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("https://localhost:" + PORT + path))
                .timeout(Duration.ofSeconds(30));
    }

    public static HttpResponse<String> send(HttpClient client, HttpRequest.Builder request) throws IOException {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** What the straight way answers, by the exchange's code. */
    private static Passage.Outcome travel(Passage.Arrived arrived) {
        SEEN.put(arrived.exchange(), arrived);
        return switch (arrived.exchange()) {
            case "test-notice" ->
                breaksOff(arrived)
                        ? refused(arrived, Problem.of(ProblemCode.MALFORMED, "It breaks off."))
                        : arrived.validateOnly() ? checked(arrived) : recorded(arrived, false);
            case "test-repeat", "test-bytes" -> recorded(arrived, true);
            case "test-lookup" -> answered(arrived);
            case "test-away" -> refused(arrived, Problem.of(ProblemCode.NOT_DURABLE, "The database is away."));
            case "test-broken" -> throw new IllegalStateException("a secret of the inside");
            case "test-schema" ->
                refused(
                        arrived,
                        Problem.of(
                                ProblemCode.SCHEMA,
                                "One place.",
                                List.of(new Violation("/child/sex", "one of <M> & F"))));
            default -> refused(arrived, Problem.of(ProblemCode.UNKNOWN_EXCHANGE, "No such exchange."));
        };
    }

    private static boolean breaksOff(Passage.Arrived arrived) {
        try {
            arrived.unread().orElse(InputStream.nullInputStream()).readAllBytes();
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private static Passage.Recorded recorded(Passage.Arrived arrived, boolean repeat) {
        Receipt receipt = new Receipt(
                UUID.randomUUID(),
                TestRecord.KNOWN,
                TestRecord.NOTICE,
                TestRecord.MH,
                Digest.of(arrived.body()),
                Digest.of(arrived.body()),
                Instant.parse("2019-01-31T08:00:00Z"),
                Optional.empty(),
                Duration.ofSeconds(5));
        Receipts receipts = new Receipts(new TestSigner());
        return new Passage.Recorded(
                arrived,
                receipt,
                repeat,
                receipts.jws(receipt),
                arrived.answerForm() == Format.XML ? Optional.of(receipts.xml(receipt)) : Optional.empty());
    }

    private static Passage.Answered answered(Passage.Arrived arrived) {
        boolean xml = arrived.contentType().contains("xml");
        String answer = xml
                ? "<?xml version=\"1.0\"?><testLookupAnswer xmlns=\"urn:chapar:test-lookup:1.0\"/>"
                : "{\"found\":false}";
        return new Passage.Answered(
                arrived,
                TestRecord.KNOWN,
                xml ? Format.XML : Format.JSON,
                answer.getBytes(StandardCharsets.UTF_8),
                xml ? Optional.empty() : Optional.of("test..answer"));
    }

    private static Passage.Checked checked(Passage.Arrived arrived) {
        return new Passage.Checked(
                arrived, TestRecord.KNOWN, TestRecord.NOTICE, List.of(new PartyCode("SPR"), new PartyCode("MJ")));
    }

    private static Passage.Refused refused(Passage.Arrived arrived, Problem problem) {
        return new Passage.Refused(arrived, problem, Optional.of(TestRecord.KNOWN));
    }

    private static HttpClient client(TestCertificates.Identity... identity) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(CERTIFICATES.client(identity))
                .build();
    }

    private static Party party(String code, boolean signs, X509Certificate certificate) {
        return new Party(
                new PartyCode(code),
                code,
                Set.of(),
                List.of(certificate),
                List.of(certificate),
                Party.Channel.MAILBOX,
                Optional.empty(),
                Optional.empty(),
                signs);
    }

    static Agreement agreement(String exchange, Agreement.Pattern pattern, String... senders) {
        return new Agreement(
                new ExchangeVersion(exchange, "1.0"),
                "A <test> & more",
                pattern,
                List.of(),
                Agreement.Basis.ASSUMPTION,
                LocalDate.EPOCH,
                Optional.empty(),
                "nobody",
                exchange.equals("test-disabled") ? Optional.of("nobody agreed on it yet") : Optional.empty(),
                Set.of(senders),
                List.of(new Agreement.Receiver(
                        new PartyCode("MJ"),
                        Optional.empty(),
                        List.of("/header"),
                        Format.JSON,
                        "1.0",
                        Optional.empty())),
                Set.of(),
                List.of(),
                false,
                List.of(),
                List.of(new Agreement.Term(Optional.empty(), "/note", 5, Agreement.Term.Unit.WORKING_DAYS, "MH")),
                4,
                Agreement.Classification.NORMAL,
                Period.ofYears(5),
                Agreement.OnPark.WAIT,
                pattern == Agreement.Pattern.QUERY
                        ? new Agreement.Attachments(Set.of(), 0)
                        : new Agreement.Attachments(Set.of("application/pdf"), 1000),
                exchange.equals("test-notice"),
                Following.NONE,
                Path.of("."));
    }

    private static int start() {
        try {
            Path folder = Files.createTempDirectory("doors");
            CERTIFICATES.writeAuthority(folder);
            TestCertificates.write(
                    folder.resolve("server.pem"),
                    "CERTIFICATE",
                    OWN_KEYS.certificate().getEncoded());
            TestCertificates.write(
                    folder.resolve("server.key"),
                    "PRIVATE KEY",
                    OWN_KEYS.keys().getPrivate().getEncoded());
            ServletWebServerApplicationContext context =
                    (ServletWebServerApplicationContext) new SpringApplicationBuilder(Wiring.class)
                            .properties("server.tomcat.threads.max=" + THREADS)
                            // No test waits so long, and on a busy machine none takes so long either.
                            .properties("server.tomcat.connection-timeout=5m")
                            .properties(Map.of(
                                    "spring.config.location", "optional:classpath:/none/",
                                    "server.port", "0",
                                    "spring.main.banner-mode", "off",
                                    "chapar.schemas", "src/test/resources/doors/schemas",
                                    "chapar.doors.maximum-bytes", "100000",
                                    "chapar.data", folder.resolve("data").toString(),
                                    "server.ssl.certificate",
                                            folder.resolve("server.pem").toString(),
                                    "server.ssl.certificate-private-key",
                                            folder.resolve("server.key").toString(),
                                    "server.ssl.trust-certificate",
                                            folder.resolve("ca.pem").toString(),
                                    "server.ssl.client-auth", "want"))
                            .run();
            return context.getWebServer().getPort();
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** No {@code @Configuration}: the gateway's own scan, where tests start all of it, must not find this. */
    @Import({PortsConfiguration.class, DoorsConfiguration.class, BatchConfiguration.class, ServerErrors.class})
    @ImportAutoConfiguration({
        PropertyPlaceholderAutoConfiguration.class,
        SslAutoConfiguration.class,
        EmbeddedWebServerFactoryCustomizerAutoConfiguration.class,
        ServletWebServerFactoryAutoConfiguration.class,
        DispatcherServletAutoConfiguration.class,
        HttpMessageConvertersAutoConfiguration.class,
        WebMvcAutoConfiguration.class,
        ErrorMvcAutoConfiguration.class
    })
    static class Wiring {
        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }

        @Bean
        Signer signer() {
            return new TestSigner();
        }

        @Bean
        PayloadKeys payloadKeys() throws IOException {
            return PayloadKeys.open(Files.createTempDirectory("keys"), Optional.empty());
        }

        @Bean
        BatchSignatures batchSignatures() {
            return new BatchSignatures(new JsonSignatures(thumbprint -> Optional.empty()));
        }

        @Bean
        Metrics metrics() {
            return new Metrics(new SimpleMeterRegistry());
        }

        @Bean
        PartyDirectory parties() {
            return new FewParties(List.of(MH, MJ, SBS, OWN));
        }

        @Bean
        StraightWay straightWay() {
            return TestGateway::travel;
        }

        @Bean
        TestRecord messageRecord() {
            return RECORD;
        }

        @Bean
        Catalogue catalogue() {
            return new Catalogue() {
                @Override
                public boolean knows(String exchange) {
                    return all().stream()
                            .anyMatch(each -> each.exchange().exchange().equals(exchange));
                }

                @Override
                public Optional<Agreement> agreement(ExchangeVersion exchange) {
                    return all().stream()
                            .filter(each -> each.exchange().equals(exchange))
                            .findFirst();
                }

                @Override
                public Collection<Agreement> all() {
                    return List.of(
                            TestGateway.agreement("test-notice", Agreement.Pattern.NOTIFY, "MH"),
                            TestGateway.agreement("test-lookup", Agreement.Pattern.QUERY, "MH"),
                            TestGateway.agreement("test-disabled", Agreement.Pattern.NOTIFY, "MH"),
                            TestGateway.agreement("test-bytes", Agreement.Pattern.NOTIFY, "SPR"),
                            TestGateway.agreement("test-away", Agreement.Pattern.NOTIFY, "SPR"),
                            TestGateway.agreement("test-broken", Agreement.Pattern.NOTIFY, "SPR"));
                }
            };
        }

        @Bean
        Stage<Passage.Accepted, Passage.Authenticated> authenticate() {
            return accepted -> {
                List<X509Certificate> chain = accepted.arrived().clientCertificates();
                if (chain.isEmpty()) {
                    throw new Refusal(ProblemCode.NO_CERTIFICATE, "None was given.");
                }
                for (Party party : List.of(MH, MJ, SBS, OWN)) {
                    if (party.tlsCertificates().contains(chain.get(0))) {
                        return new Passage.Authenticated(accepted, party);
                    }
                }
                throw new Refusal(ProblemCode.UNKNOWN_CERTIFICATE, "It belongs to no party.");
            };
        }

        @Bean
        Stage<Passage.Authenticated, Passage.Verified> verify() {
            return authenticated -> {
                byte[] document = authenticated.accepted().document();
                String signature = authenticated
                        .accepted()
                        .detachedSignature()
                        .orElseThrow(() -> new Refusal(ProblemCode.SIGNATURE_MISSING, "None was given."));
                if (!signature.equals(new TestSigner().detachedJws(document))) {
                    throw new Refusal(ProblemCode.SIGNATURE_INVALID, "It is not over these bytes.");
                }
                return new Passage.Verified(
                        authenticated,
                        Optional.empty(),
                        Digest.of(document),
                        Digest.of(document),
                        MH_KEYS.certificate());
            };
        }
    }
}
