package io.chapar.scenario;

import io.chapar.sandbox.load.Holdings;
import io.chapar.sandbox.load.SenderCrowd;
import io.chapar.sandbox.load.Source;
import io.chapar.sandbox.post.Mail;
import io.chapar.schema.FileSchema;
import io.chapar.trust.HardenedXml;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Every scenario of every exchange, with what may follow each message, or of those named in {@code chapar.test.exchanges},
 * and the attacks at each door, over one gateway.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ScenarioTest {

    private static final int AT_ONCE = 4;
    private static final int SENDERS = 100;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private List<ScenarioFile> scenarios = List.of();
    private Gateway gateway;

    @BeforeAll
    void a_gateway_with_agencies_around_it(@TempDir Path folder) throws IOException {
        String named = System.getProperty("chapar.test.exchanges", "");
        scenarios = Stream.concat(
                        ScenarioFile.all(Path.of("routes"), new FileSchema(Path.of("schemas/scenario.schema.json")))
                                .stream(),
                        Afterwards.all().stream())
                .filter(scenario -> named.isEmpty() || List.of(named.split(",")).contains(scenario.exchange()))
                .toList();
        gateway = Gateway.start(folder, scenarios);
    }

    @AfterAll
    void everything_stops() throws Exception {
        gateway.close();
    }

    /**
     * Those that must not be accepted come first and among themselves, so that the count of what was accepted stands
     * still; those that change the world around them come last, one after the other, also after everything else.
     */
    @TestFactory
    @Order(3)
    List<DynamicTest> each_situation_ends_as_its_file_says() throws InterruptedException {
        List<DynamicTest> tests = new ArrayList<>();
        Predicate<ScenarioFile> alone = ScenarioFile::runsAlone;
        together(alone.negate().and(ScenarioFile::countsAccepted), tests);
        together(alone.negate().and(scenario -> !scenario.countsAccepted()), tests);
        scenarios.stream()
                .filter(alone)
                .forEach(scenario ->
                        tests.add(DynamicTest.dynamicTest(scenario.title(), () -> new Run(gateway, scenario).call())));
        return tests;
    }

    @TestFactory
    @Order(1)
    Stream<DynamicTest> attacks_are_refused_at_every_door() {
        return Stream.of(AttackedDoor.values()).map(door -> door.test(gateway));
    }

    @TestFactory
    @Order(4)
    Stream<DynamicTest> every_exchange_is_described_for_clients_of_soap() {
        // Of any version: a party that one of them concerns is shown all.
        return gateway.agreements().stream()
                .collect(Collectors.toMap(
                        agreement -> agreement.exchange().exchange(),
                        agreement -> agreement.receivers().get(0).party().value(),
                        (one, other) -> one,
                        TreeMap::new))
                .entrySet()
                .stream()
                .map(each -> DynamicTest.dynamicTest(each.getKey(), () -> isDescribed(each.getKey(), each.getValue())));
    }

    private void isDescribed(String exchange, String party) throws Exception {
        Response response = gateway.wire().send(Request.get("/ws/" + exchange + "?wsdl&version=1.0", party));
        assertThat(response.status()).isEqualTo(200);
        Document wsdl = HardenedXml.parse(response.body());
        NodeList schemas = wsdl.getElementsByTagNameNS("http://www.w3.org/2001/XMLSchema", "schema");
        assertThat(IntStream.range(0, schemas.getLength())
                        .mapToObj(i -> ((Element) schemas.item(i)).getAttribute("targetNamespace")))
                .contains("urn:chapar:" + exchange + ":1.0");
        assertThat(wsdl.getElementsByTagNameNS("http://schemas.xmlsoap.org/wsdl/", "operation")
                        .getLength())
                .isPositive();
    }

    private void together(Predicate<ScenarioFile> which, List<DynamicTest> tests) throws InterruptedException {
        List<ScenarioFile> chosen = scenarios.stream().filter(which).toList();
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<Void>> ends = threads.invokeAll(
                    chosen.stream().map(scenario -> new Run(gateway, scenario)).toList());
            for (int i = 0; i < ends.size(); i++) {
                Future<Void> end = ends.get(i);
                tests.add(DynamicTest.dynamicTest(chosen.get(i).title(), () -> result(end)));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void result(Future<Void> end) throws Throwable {
        try {
            end.get();
        } catch (ExecutionException e) {
            throw e.getCause();
        }
    }

    @Test
    @Order(2)
    void of_a_hundred_senders_at_once_nobody_gets_what_is_anothers() throws InterruptedException {
        assumeTrue(
                System.getProperty("chapar.test.exchanges", "").isEmpty(),
                "they send what other exchanges than the chosen ones are about");
        Holdings holdings = new SendersAtOnce(gateway.arrivals(), ConcurrentHashMap.newKeySet());
        try (Mail mail = gateway.mail(SENDERS)) {
            SenderCrowd crowd = new SenderCrowd(
                    mail, new Source(SENDERS, Clock.systemUTC(), gateway.agreements()), gateway.checks(), holdings);
            crowd.send(SENDERS);
            await().atMost(PATIENCE).until(crowd::everythingArrived);
            await().atMost(PATIENCE).until(crowd::everythingDelivered);
            crowd.compare(AT_ONCE);
            assertThat(crowd.wrong()).isEmpty();
            assertThat(crowd.accepted()).isGreaterThanOrEqualTo(SENDERS);
        }
    }
}
