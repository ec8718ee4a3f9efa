package io.chapar.console;

import java.util.Set;
import java.util.function.Supplier;
import javax.management.ObjectName;
import org.jolokia.server.core.service.api.Restrictor;
import org.jolokia.server.core.util.HttpMethod;
import org.jolokia.server.core.util.RequestType;

/**
 * Asks {@link Permissions} for every call that Hawtio makes through Jolokia, with the roles of whoever is logged in.
 * Hawtio itself only checks that one of its roles is there, and hiding a button denies nobody anything.
 */
public final class RoleRestrictor implements Restrictor {

    private static final Set<RequestType> TYPES =
            Set.of(RequestType.READ, RequestType.EXEC, RequestType.LIST, RequestType.SEARCH, RequestType.VERSION);

    private final Permissions permissions;
    private final Supplier<Set<Role>> roles;

    /** @param roles of whoever makes the request that this thread works on; empty when nobody is logged in */
    public RoleRestrictor(Permissions permissions, Supplier<Set<Role>> roles) {
        this.permissions = permissions;
        this.roles = roles;
    }

    @Override
    public boolean isHttpMethodAllowed(HttpMethod method) {
        return method == HttpMethod.POST || method == HttpMethod.GET;
    }

    @Override
    public boolean isTypeAllowed(RequestType type) {
        return TYPES.contains(type);
    }

    @Override
    public boolean isAttributeReadAllowed(ObjectName name, String attribute) {
        return permissions.mayRead(roles.get(), name, attribute);
    }

    /** Settings are files, so that who changed them can be seen. */
    @Override
    public boolean isAttributeWriteAllowed(ObjectName name, String attribute) {
        return false;
    }

    @Override
    public boolean isOperationAllowed(ObjectName name, String operation) {
        return permissions.mayCall(roles.get(), name, operation);
    }

    /** From where a request may come is decided before it reaches Jolokia. */
    @Override
    public boolean isRemoteAccessAllowed(String... hostOrAddress) {
        return true;
    }

    /** Only pages from this very port, which need no leave; a browser asks for all others. */
    @Override
    public boolean isOriginAllowed(String origin, boolean onlyWhenStrictCheckingIsEnabled) {
        return onlyWhenStrictCheckingIsEnabled;
    }

    @Override
    public boolean isObjectNameHidden(ObjectName name) {
        return roles.get().isEmpty();
    }
}
