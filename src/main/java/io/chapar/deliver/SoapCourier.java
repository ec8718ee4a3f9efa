package io.chapar.deliver;

import io.chapar.message.Dispatch;
import io.chapar.message.Party;
import io.chapar.message.Signer;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Calls the receiver's SOAP endpoint; the acknowledgement is in the signed response. */
public final class SoapCourier implements Courier {

    /** A small part of what receivers usually allow between the timestamp's time and theirs. */
    private static final Duration FRESH_FOR = Duration.ofSeconds(30);

    private final HttpLines lines;
    private final Proofs proofs;
    private final Signer signer;
    private final DeliveryLimits limits;

    public SoapCourier(HttpLines lines, Proofs proofs, Signer signer, DeliveryLimits limits) {
        this.lines = lines;
        this.proofs = proofs;
        this.signer = signer;
        this.limits = limits;
    }

    @Override
    public Dispatch.Ended hand(Dispatch.Signed signed, Party receiver, Duration inHand) throws ChannelFailure {
        if (!signed.contentType().equals(Soap.CONTENT_TYPE)) {
            throw new IllegalStateException("signed for another channel than the receiver has now: take it again");
        }
        URI address = receiver.address().orElseThrow(() -> new ChannelFailure("the receiver has no address"));
        Dispatch.Signed current = inHand.compareTo(FRESH_FOR) > 0 ? signedAgain(signed) : signed;
        Map<String, String> headers = RestCourier.headers(signed.due());
        headers.put("SOAPAction", "\"\"");
        Parcel parcel = Parcel.ofEnvelope(current);
        HttpLine line = lines.delivering(receiver.code());
        HttpAnswer answer = line.post(new HttpRequest(
                address,
                headers,
                parcel.contentType(),
                parcel.body(),
                limits.responseTimeout(parcel.body().size()),
                limits.largestAcknowledgement()));
        Optional<Soap.Blame> fault = Soap.fault(answer.body());
        if (answer.successful() && fault.isEmpty()) {
            return proofs.envelope(current, receiver, answer);
        }
        // SOAP 1.1 answers every fault with 500: who is to blame stands in the fault, and goes before the status.
        if (fault.filter(Soap.Blame.SENDER::equals).isPresent()) {
            return Answers.parked(signed, answer.status(), Optional.empty());
        }
        if (fault.isPresent()) {
            throw Answers.ofTheChannel(answer, line);
        }
        return Answers.refusal(signed, answer, line);
    }

    private Dispatch.Signed signedAgain(Dispatch.Signed signed) {
        return new Dispatch.Signed(
                signed.due(),
                Soap.fresh(signer, signed.payload()),
                signed.contentType(),
                Optional.empty(),
                signed.digest());
    }
}
