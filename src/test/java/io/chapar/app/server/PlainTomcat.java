package io.chapar.app.server;

import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.modeler.Registry;

/** A server without a gateway. */
final class PlainTomcat {

    private PlainTomcat() {}

    /** Hawtio would take every gateway that starts later in this process for a guest of a server that shows itself. */
    static Tomcat make() {
        Registry.disableRegistry();
        return new Tomcat();
    }
}
