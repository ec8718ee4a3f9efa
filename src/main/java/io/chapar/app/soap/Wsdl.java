package io.chapar.app.soap;

import io.chapar.app.door.XmlText;
import io.chapar.message.Agreement;
import io.chapar.message.ExchangeVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Describes one version of one exchange, for a client that is made from the description alone. */
final class Wsdl {

    static final String SERVICE = "Chapar";
    static final String PORT_TYPE = "Messages";

    private static final String EXCHANGE = resource("exchange.wsdl");
    private static final String RECEIVER = resource("receiver.wsdl");
    private static final String POLICY = resource("signatures.policy");

    private static final String ACKNOWLEDGING =
            "The answer is the acknowledgement: deliveryId as in the HTTP header Chapar-Delivery-Id; digest is sha-256: and, in"
                    + " lower-case hexadecimal digits, the SHA-256 of the exclusive canonical form (without comments) of the"
                    + " Body's child; at is now. A fault whose code is Client parks this delivery, any other stops the"
                    + " channel. Files travel as parts of multipart/related beside the envelope.";
    private static final String ANSWERING =
            "The answer is the provider's document, valid against the schema: its header names the provider as sender, and"
                    + " exchange, version and conversationId of the question; questionDigest is the HTTP header"
                    + " Chapar-Original-Digest.";

    private final EmbeddedSchema schemas;

    Wsdl(EmbeddedSchema schemas) {
        this.schemas = schemas;
    }

    static String namespace(String exchange) {
        return "urn:chapar:wsdl:" + exchange;
    }

    /**
     * What whoever sends or asks calls.
     *
     * @param address where the endpoint is reached
     */
    byte[] text(Agreement agreement, String address) {
        boolean query = query(agreement);
        return filled(
                EXCHANGE,
                agreement,
                Map.of(
                        "${namespace}",
                        namespace(agreement.exchange().exchange()),
                        "${operation}",
                        query ? "ask" : "submit",
                        "${output}",
                        query ? answer(agreement) : "chapar:receipt",
                        "${address}",
                        XmlText.escape(address)));
    }

    /**
     * What whoever receives or answers over SOAP serves, and the gateway calls.
     *
     * @param address of the party that reads this
     */
    byte[] receiverText(Agreement agreement, String address) {
        boolean query = query(agreement);
        return filled(
                RECEIVER,
                agreement,
                Map.of(
                        "${namespace}", namespace(agreement.exchange().exchange()) + ":receiver",
                        "${answering}", query ? ANSWERING : ACKNOWLEDGING,
                        "${operation}", query ? "answer" : "deliver",
                        "${output}", query ? answer(agreement) : "chapar:acknowledgement",
                        "${address}", XmlText.escape(address)));
    }

    private byte[] filled(String template, Agreement agreement, Map<String, String> own) {
        ExchangeVersion exchange = agreement.exchange();
        Map<String, String> places = new LinkedHashMap<>(own);
        places.put("${policy}", POLICY);
        places.put("${documents}", exchange.namespace());
        places.put("${title}", XmlText.escape(agreement.title()));
        places.put("${input}", "doc:" + root(exchange.exchange()));
        String text = template;
        for (Map.Entry<String, String> place : places.entrySet()) {
            text = text.replace(place.getKey(), place.getValue());
        }
        // Last, so that nothing in a schema can be taken for a place of the template.
        return text.replace("${schema}", schemas.text(exchange)).getBytes(StandardCharsets.UTF_8);
    }

    private static boolean query(Agreement agreement) {
        return agreement.pattern() == Agreement.Pattern.QUERY;
    }

    private static String answer(Agreement agreement) {
        return "doc:" + root(agreement.exchange().exchange()) + "Answer";
    }

    /** The name of the root element: the exchange's code in camel case. */
    private static String root(String exchange) {
        StringBuilder name = new StringBuilder();
        for (String word : exchange.split("-")) {
            name.append(name.isEmpty() ? word.charAt(0) : Character.toUpperCase(word.charAt(0)))
                    .append(word, 1, word.length());
        }
        return name.toString();
    }

    private static String resource(String name) {
        try (InputStream in = Wsdl.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
