package io.chapar.app.soap;

import io.chapar.app.door.XmlText;
import io.chapar.message.Agreement;
import io.chapar.message.ExchangeVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Describes one version of one exchange, for a client that is made from the description alone. */
final class Wsdl {

    static final String SERVICE = "Chapar";
    static final String PORT_TYPE = "Messages";

    private static final String TEMPLATE = resource("exchange.wsdl");

    private final EmbeddedSchema schemas;

    Wsdl(EmbeddedSchema schemas) {
        this.schemas = schemas;
    }

    static String namespace(String exchange) {
        return "urn:chapar:wsdl:" + exchange;
    }

    /** @param address where the endpoint is reached */
    byte[] text(Agreement agreement, String address) {
        ExchangeVersion exchange = agreement.exchange();
        boolean query = agreement.pattern() == Agreement.Pattern.QUERY;
        String root = root(exchange.exchange());
        Map<String, String> places = Map.of(
                "${namespace}", namespace(exchange.exchange()),
                "${documents}", exchange.namespace(),
                "${title}", XmlText.escape(agreement.title()),
                "${operation}", query ? "ask" : "submit",
                "${input}", "doc:" + root,
                "${output}", query ? "doc:" + root + "Answer" : "chapar:receipt",
                "${address}", XmlText.escape(address));
        String text = TEMPLATE;
        for (Map.Entry<String, String> place : places.entrySet()) {
            text = text.replace(place.getKey(), place.getValue());
        }
        // Last, so that nothing in a schema can be taken for a place of the template.
        return text.replace("${schema}", schemas.text(exchange)).getBytes(StandardCharsets.UTF_8);
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
