package io.chapar.sandbox.post;

import io.chapar.message.PartyCode;
import io.chapar.message.Signer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The agencies' way to the gateway: each over its own connections, with its own keys, which are read when first used. */
public final class Mail implements AutoCloseable {

    private record Office(PartyKeys keys, Signer signer, GatewayConnection connection) {}

    private final URI gateway;
    private final Path certificates;
    private final MailWitness witness;
    private final int connections;
    private final Map<PartyCode, Office> offices = new ConcurrentHashMap<>();

    public Mail(URI gateway, Path certificates, MailWitness witness) {
        this(gateway, certificates, witness, GatewayConnection.USUAL_CONNECTIONS);
    }

    /** @param connections of one agency at once */
    public Mail(URI gateway, Path certificates, MailWitness witness, int connections) {
        this.gateway = gateway;
        this.certificates = certificates;
        this.witness = witness;
        this.connections = connections;
    }

    public Signer signer(PartyCode party) {
        return office(party).signer();
    }

    public GatewayConnection connection(PartyCode party) {
        return office(party).connection();
    }

    /** Sends, and tells the witness. */
    public Reply send(Letter letter, long due) throws IOException {
        witness.sending(letter, due);
        try {
            Reply reply = connection(letter.carrier()).send(letter);
            witness.answered(letter, reply, due);
            return reply;
        } catch (IOException e) {
            witness.failed(letter, e.getClass().getSimpleName());
            throw e;
        }
    }

    private Office office(PartyCode party) {
        return offices.computeIfAbsent(party, code -> {
            PartyKeys keys = PartyKeys.load(certificates, code);
            return new Office(keys, keys.signer(), new GatewayConnection(gateway, keys.client(), connections));
        });
    }

    @Override
    public void close() {
        offices.values().forEach(office -> office.connection().close());
    }
}
