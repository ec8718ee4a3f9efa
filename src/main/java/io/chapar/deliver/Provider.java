package io.chapar.deliver;

import io.chapar.message.Agreement;
import io.chapar.message.Content;
import io.chapar.message.Digest;
import io.chapar.message.Fields;
import io.chapar.message.Format;
import io.chapar.message.Party;
import io.chapar.message.PartyCode;
import io.chapar.message.Passage;
import io.chapar.message.Proof;
import io.chapar.message.Signer;
import io.chapar.schema.DocumentSchema;
import io.chapar.schema.ExchangeSchema;
import io.chapar.schema.Schemas;
import io.chapar.trust.HardenedJson;
import io.chapar.trust.HardenedXml;
import io.chapar.trust.Malformed;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.w3c.dom.Document;

/** Puts a question to the party that can answer it, and believes only what that party signed as the answer to it. */
public final class Provider {

    private final HttpLines lines;
    private final Proofs proofs;
    private final Signer signer;
    private final Schemas schemas;
    private final DeliveryLimits limits;
    private final Map<PartyCode, Circuit> circuits = new ConcurrentHashMap<>();

    public Provider(HttpLines lines, Proofs proofs, Signer signer, Schemas schemas, DeliveryLimits limits) {
        this.lines = lines;
        this.proofs = proofs;
        this.signer = signer;
        this.schemas = schemas;
        this.limits = limits;
    }

    /**
     * A proven answer.
     *
     * @param proof what the provider sent: the document with its signature, and for JSON the detached signature and a
     *     line break before it
     */
    record Answer(Fields fields, Digest digest, byte[] proof) {}

    /** @throws ChannelFailure whenever there is no answer that can be believed */
    Answer answer(Passage.Authorised question, Party provider) throws ChannelFailure {
        Circuit circuit = circuits.computeIfAbsent(
                provider.code(), code -> new Circuit(limits.firstBackOff(), limits.longestBackOff()));
        if (!circuit.letsThrough()) {
            throw new ChannelFailure("the provider did not answer before, and is not asked yet");
        }
        boolean reached = false;
        try {
            HttpAnswer answer = call(question, provider);
            // A refusal of this one question says that the provider is there.
            reached = answer.status() >= 400 && answer.status() < 500;
            if (answer.status() != 200) {
                throw new ChannelFailure("status " + answer.status());
            }
            Answer proven = proven(question, provider, answer);
            reached = true;
            return proven;
        } finally {
            if (reached) {
                circuit.worked();
            } else {
                circuit.failed();
            }
        }
    }

    private HttpAnswer call(Passage.Authorised question, Party provider) throws ChannelFailure {
        Agreement.Receiver receiver = question.receivers().get(0);
        URI address =
                provider.queries().orElseThrow(() -> new ChannelFailure("the provider has no address for queries"));
        Fields asked = question.validated().fields().shown(receiver.fields());
        DocumentSchema schema = schemas.of(question.agreement().exchange()).message();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Chapar-Message-Id", question.header().messageId().toString());
        headers.put("Chapar-Sender", question.header().sender().value());
        headers.put("Chapar-Exchange", question.header().exchange().exchange());
        headers.put(
                "Chapar-Original-Digest",
                question.validated().verified().contentDigest().value());
        String contentType;
        byte[] body;
        // How a party gets its deliveries does not matter here: with a mailbox, too, it is asked at its own address.
        if (provider.channel() == Party.Channel.SOAP) {
            contentType = Soap.CONTENT_TYPE;
            body = Soap.envelope(signer, schema.xml(asked));
            headers.put("SOAPAction", "\"\"");
        } else {
            contentType = receiver.format().mediaType();
            headers.put("Accept", contentType);
            if (receiver.format() == Format.JSON) {
                body = schema.json(asked);
                headers.put(Proofs.SIGNATURE_HEADER, signer.detachedJws(body));
            } else {
                body = signer.xml(schema.xml(asked));
            }
        }
        return lines.asking(provider.code())
                .post(new HttpRequest(
                        address,
                        headers,
                        contentType,
                        Content.of(body),
                        limits.queryTimeout(),
                        limits.largestAnswer()));
    }

    private Answer proven(Passage.Authorised question, Party provider, HttpAnswer answer) throws ChannelFailure {
        ExchangeSchema exchange = schemas.of(question.agreement().exchange());
        DocumentSchema schema = exchange.answer()
                .orElseThrow(() -> new IllegalStateException("a query without a schema of its answer: " + exchange));
        Answer said = said(schema, provider, answer);
        Fields fields = said.fields();
        require(fields, "/header/sender", provider.code().value());
        require(fields, "/header/exchange", question.header().exchange().exchange());
        require(fields, "/header/version", question.header().exchange().version());
        require(
                fields,
                "/header/conversationId",
                question.header().conversationId().toString());
        require(
                fields,
                "/questionDigest",
                question.validated().verified().contentDigest().value());
        return said;
    }

    private Answer said(DocumentSchema schema, Party provider, HttpAnswer answer) throws ChannelFailure {
        if (provider.channel() == Party.Channel.SOAP) {
            return fromXml(schema, proofs.enveloped(answer.body(), provider, true), answer.body());
        }
        return switch (answer.mediaType()) {
            case "application/json" -> fromJson(schema, provider, answer);
            case "application/xml", "text/xml" ->
                fromXml(schema, proofs.xmlSigned(answer.body(), provider), answer.body());
            default -> throw new ChannelFailure("the answer is neither JSON nor XML");
        };
    }

    private Answer fromJson(DocumentSchema schema, Party provider, HttpAnswer answer) throws ChannelFailure {
        Optional<String> signature = answer.header(Proofs.SIGNATURE_HEADER);
        proofs.jsonSigned(answer.body(), signature, provider);
        Map<String, Object> object;
        try {
            object = HardenedJson.parse(answer.body());
        } catch (Malformed e) {
            throw new ChannelFailure("the answer is not readable JSON");
        }
        if (!schema.validateJson(object).isEmpty()) {
            throw new ChannelFailure("the answer does not fit its schema");
        }
        byte[] proof = new Proof(answer.body(), signature).bytes();
        return new Answer(schema.fields(object), Digest.of(answer.body()), proof);
    }

    private Answer fromXml(DocumentSchema schema, Document document, byte[] proof) throws ChannelFailure {
        if (!schema.isRoot(document.getDocumentElement())
                || !schema.validateXml(document).isEmpty()) {
            throw new ChannelFailure("the answer does not fit its schema");
        }
        return new Answer(schema.fields(document), Digest.of(HardenedXml.canonical(document)), proof);
    }

    private static void require(Fields fields, String pointer, String expected) throws ChannelFailure {
        if (!fields.text(pointer).filter(expected::equals).isPresent()) {
            throw new ChannelFailure("the answer belongs to another question: " + pointer + " differs");
        }
    }
}
