package io.chapar.sandbox.faults;

import io.chapar.sandbox.post.Form;
import java.util.Random;

/** How a message is handed in. */
enum Way {
    REST_JSON(Form.REST_JSON, false),
    REST_XML(Form.REST_XML, false),
    SOAP(Form.SOAP, false),
    QUEUE_JSON(Form.REST_JSON, true),
    QUEUE_XML(Form.REST_XML, true);

    private final Form form;
    private final boolean queue;

    Way(Form form, boolean queue) {
        this.form = form;
        this.queue = queue;
    }

    Form form() {
        return form;
    }

    boolean queue() {
        return queue;
    }

    static Way any(Random random) {
        return values()[random.nextInt(values().length)];
    }
}
