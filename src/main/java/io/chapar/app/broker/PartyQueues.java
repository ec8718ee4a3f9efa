package io.chapar.app.broker;

import io.chapar.message.PartyCode;

/** The two queues of a party that connects over AMQP: the one that it writes, and the one that it reads. */
public final class PartyQueues {

    /** A party writes to the queue of this name and its code. */
    public static final String IN = "in.";

    /** A party reads from the queue of this name and its code. */
    public static final String OUT = "out.";

    /** Where the broker puts what a party acknowledges, out of what it writes; nobody's but the gateway's. */
    static final String ACKNOWLEDGEMENTS = "chapar.acknowledgements.";

    /** The property that names a delivery in them. */
    public static final String DELIVERY_ID = "deliveryId";

    private PartyQueues() {}

    public static String in(PartyCode party) {
        return IN + party.value();
    }

    public static String acknowledgements(PartyCode party) {
        return ACKNOWLEDGEMENTS + party.value();
    }

    public static String out(PartyCode party) {
        return OUT + party.value();
    }
}
