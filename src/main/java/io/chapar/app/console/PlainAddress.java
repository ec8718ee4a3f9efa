package io.chapar.app.console;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/**
 * Refuses an address of Jolokia that is written otherwise than it is read: escaped letters, parameters of a path, dots. Whoever
 * looks at it behind this one sees one address and no second one. Spring's filters fail at it, with a page of the log for each.
 */
public final class PlainAddress extends ValveBase {

    public PlainAddress() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        String read = request.getDecodedRequestURI();
        if (read != null && read.startsWith(ConsoleSecurity.JOLOKIA) && !read.equals(request.getRequestURI())) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            return;
        }
        getNext().invoke(request, response);
    }
}
