package io.chapar.transform;

import io.chapar.app.catalogue.RealFiles;
import io.chapar.app.catalogue.ReloadableParties;
import io.chapar.instances.Content.Member;
import io.chapar.instances.Instances;
import io.chapar.instances.Item;
import io.chapar.instances.Seed;
import io.chapar.instances.Written;
import io.chapar.instances.XsdReading;
import io.chapar.message.Agreement;
import io.chapar.message.Agreement.Receiver;
import io.chapar.message.Digest;
import io.chapar.message.Dispatch;
import io.chapar.message.ExchangeVersion;
import io.chapar.message.Fields;
import io.chapar.message.Format;
import io.chapar.message.Party;
import io.chapar.message.PartyCode;
import io.chapar.message.PartyDirectory;
import io.chapar.message.Passage;
import io.chapar.schema.DocumentSchema;
import io.chapar.schema.Entitled;
import io.chapar.trust.HardenedJson;
import io.chapar.trust.HardenedXml;
import io.chapar.trust.Malformed;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

/**
 * Each receiver of each exchange gets the fields of its agreement and no others, the same whether XML or JSON was sent,
 * in either form; each asking party likewise. Tried with generated documents, read by nothing that made them.
 */
class DeliveredFieldsTest {

    /** So that every agreement's own format decides. */
    private static final PartyDirectory NOBODY_ON_SOAP = new ReloadableParties(
            RealFiles.parties(Path.of("routes/parties.yaml"), Map.of("chapar.parties.MJ.channel", "rest")));

    private static final Transform AS_AGREED =
            new Transform(RealFiles.CATALOGUE, RealFiles.SCHEMAS, RealFiles.MAPPINGS, NOBODY_ON_SOAP);
    private static final Transform IN_THE_OTHER_FORM =
            new Transform(new OtherForm(RealFiles.CATALOGUE), RealFiles.SCHEMAS, RealFiles.MAPPINGS, NOBODY_ON_SOAP);
    private static final List<String> HEADER = List.of("/header");
    private static final List<String> ALWAYS_ANSWERED = List.of("/header", "/questionDigest", "/found");

    @TestFactory
    Stream<DynamicNode> nothing_arrives_that_the_agreement_does_not_list() {
        return RealFiles.CATALOGUE.all().stream()
                .flatMap(agreement -> agreement.receivers().stream()
                        .map(receiver -> dynamicTest(
                                agreement.exchange() + " to " + receiver.party().value(),
                                () -> receives(agreement, receiver))));
    }

    @TestFactory
    Stream<DynamicNode> no_answer_shows_what_the_asking_party_may_not_see() {
        return RealFiles.CATALOGUE.all().stream()
                .filter(agreement -> agreement.pattern() == Agreement.Pattern.QUERY)
                .flatMap(agreement -> RealFiles.PARTIES.all().stream()
                        .filter(party -> agreement.senders().stream().anyMatch(party::is))
                        .map(party -> answered(agreement, party)));
    }

    private static void receives(Agreement agreement, Receiver receiver) throws Exception {
        Member root = root(agreement, RealFiles.SCHEMAS.of(agreement.exchange()).message());
        int arrived = 0;
        for (int number = 0; number < Seed.instances(3); number++) {
            Item item = Instances.instance(root, Seed.SEED, number);
            agreement.gatewaySets().forEach(item::remove);
            String xml = Written.xml(item, agreement.exchange().namespace());
            String json = Written.json(item);
            List<String> listed = listed(agreement, receiver, json);
            List<String> allowed = Arrived.allowed(item, listed);
            for (Transform transform : List.of(AS_AGREED, IN_THE_OTHER_FORM)) {
                Dispatch.Transformed fromXml = transform.apply(due(agreement, receiver, Format.XML, xml));
                Dispatch.Transformed fromJson = transform.apply(due(agreement, receiver, Format.JSON, json));
                assertThat(text(fromXml.document())).as(Seed.told(number)).isEqualTo(text(fromJson.document()));
                Arrived delivered = Arrived.read(fromXml.format(), fromXml.document());
                assertThat(delivered.places())
                        .as(Seed.told(number))
                        .doesNotContain(Arrived.NONCE)
                        .allMatch(place -> Arrived.isListed(place, listed)
                                || receiver.mapping().isPresent()
                                        && agreement.gatewaySets().contains(place));
                if (receiver.mapping().isEmpty() || listed.equals(HEADER)) {
                    assertThat(delivered.values()).as(Seed.told(number)).isEqualTo(allowed);
                } else {
                    // a mapping may take out more, and add what only the gateway sets
                    assertThat(delivered.without(agreement.gatewaySets()))
                            .as(Seed.told(number))
                            .isSubsetOf(allowed);
                }
                arrived += delivered.values().size();
            }
        }
        assertThat(arrived).isPositive();
    }

    /** A correction goes to a receiver whom its content no longer selects too, but its header alone. */
    private static List<String> listed(Agreement agreement, Receiver receiver, String json) throws Malformed {
        Fields said = RealFiles.SCHEMAS.of(agreement.exchange()).message().fields(HardenedJson.parse(bytes(json)));
        boolean selected = receiver.when().map(when -> when.holds(said)).orElse(true);
        boolean first = said.text("/header/action").equals(Optional.of("new"));
        return selected || first ? receiver.fields() : HEADER;
    }

    private static DynamicTest answered(Agreement agreement, Party caller) {
        return dynamicTest(agreement.exchange() + " asked by " + caller.code().value(), () -> {
            DocumentSchema schema =
                    RealFiles.SCHEMAS.of(agreement.exchange()).answer().orElseThrow();
            List<String> listed = new ArrayList<>(ALWAYS_ANSWERED);
            agreement.entitlements().stream()
                    .filter(entitlement -> entitlement.parties().stream().anyMatch(caller::is))
                    .forEach(entitlement -> listed.addAll(entitlement.fields()));
            for (int number = 0; number < Seed.instances(3); number++) {
                Item item = Instances.instance(root(agreement, schema), Seed.SEED, number);
                Fields said = schema.fields(HardenedJson.parse(bytes(Written.json(item))));
                Fields seen = Entitled.visible(agreement, caller, said);
                String xml = Written.xml(item, agreement.exchange().namespace());
                assertThat(Entitled.visible(agreement, caller, schema.fields(HardenedXml.parse(bytes(xml)))))
                        .as(Seed.told(number))
                        .isEqualTo(seen);
                for (Format format : Format.values()) {
                    Arrived shown = Arrived.read(format, format == Format.XML ? schema.xml(seen) : schema.json(seen));
                    assertThat(shown.values())
                            .as(Seed.told(number))
                            .isEqualTo(Arrived.allowed(item, listed))
                            .isNotEmpty();
                    assertThat(shown.places()).allMatch(place -> Arrived.isListed(place, listed));
                }
            }
        });
    }

    private static Member root(Agreement agreement, DocumentSchema schema) {
        return XsdReading.root(Path.of("schemas"), agreement.exchange(), schema.root());
    }

    private static Dispatch.Due due(Agreement agreement, Receiver receiver, Format format, String document) {
        ExchangeVersion exchange = agreement.exchange();
        return new Dispatch.Due(
                UUID.randomUUID(),
                1,
                receiver.party(),
                UUID.randomUUID(),
                new PartyCode("MH"),
                exchange,
                Optional.empty(),
                Passage.Door.REST,
                format,
                bytes(document),
                Digest.of(bytes(document)),
                List.of(),
                Instant.EPOCH,
                0);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
