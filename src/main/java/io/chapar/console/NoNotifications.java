package io.chapar.console;

import org.jolokia.server.core.request.JolokiaNotificationRequest;
import org.jolokia.server.core.request.JolokiaRequest;
import org.jolokia.server.core.service.request.AbstractRequestHandler;

/**
 * Refuses whatever has to do with notifications of MBeans, to everybody. Jolokia asks no {@code Restrictor} about them, and
 * whoever is logged in could register listeners without end; nothing here needs them. Jolokia makes this by its name, and
 * asks it before its own handler because of its order.
 */
public final class NoNotifications extends AbstractRequestHandler {

    /** @param order among Jolokia's handlers, the lowest first */
    public NoNotifications(int order) {
        super("chapar", order);
    }

    @Override
    public boolean canHandle(JolokiaRequest request) {
        return request instanceof JolokiaNotificationRequest;
    }

    /** @throws SecurityException always */
    @Override
    public <R extends JolokiaRequest> Object handleRequest(R request, Object earlier) {
        throw new SecurityException("nobody is notified here");
    }
}
