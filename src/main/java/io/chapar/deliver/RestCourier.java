package io.chapar.deliver;

import io.chapar.message.Dispatch;
import io.chapar.message.Party;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Posts a delivery to the receiver's address. */
public final class RestCourier implements Courier {

    private final HttpLines lines;
    private final Proofs proofs;
    private final DeliveryLimits limits;

    public RestCourier(HttpLines lines, Proofs proofs, DeliveryLimits limits) {
        this.lines = lines;
        this.proofs = proofs;
        this.limits = limits;
    }

    @Override
    public Dispatch.Ended hand(Dispatch.Signed signed, Party receiver, Duration inHand) throws ChannelFailure {
        URI address = receiver.address().orElseThrow(() -> new ChannelFailure("the receiver has no address"));
        Map<String, String> headers = headers(signed.due());
        Parcel parcel = Parcel.of(signed);
        if (!parcel.multipart()) {
            signed.signature().ifPresent(jws -> headers.put(Proofs.SIGNATURE_HEADER, jws));
        }
        HttpLine line = lines.delivering(receiver.code());
        HttpAnswer answer = line.post(new HttpRequest(
                address,
                headers,
                parcel.contentType(),
                parcel.body(),
                limits.responseTimeout(parcel.body().size()),
                limits.largestAcknowledgement()));
        return answer.successful() ? proofs.json(signed, receiver, answer) : Answers.refusal(signed, answer, line);
    }

    static Map<String, String> headers(Dispatch.Due due) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Chapar-Delivery-Id", due.deliveryId().toString());
        headers.put("Chapar-Message-Id", due.messageId().toString());
        headers.put("Chapar-Sender", due.sender().value());
        headers.put("Chapar-Exchange", due.exchange().exchange());
        headers.put("Chapar-Original-Digest", due.originalDigest().value());
        return headers;
    }
}
