package io.chapar.sandbox;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** The sandbox is there unless the gateway is in production or the sandbox was switched off; both together stop the start. */
final class SandboxWanted implements Condition {

    private static final String MODE = "chapar.mode";
    private static final String ENABLED = "chapar.sandbox.enabled";

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        return wanted(context.getEnvironment());
    }

    static boolean wanted(Environment settings) {
        boolean production = !"sandbox".equals(settings.getProperty(MODE, "sandbox"));
        boolean enabled = settings.getProperty(ENABLED, Boolean.class, !production);
        if (production && enabled) {
            throw new IllegalStateException(ENABLED + " is true and " + MODE
                    + " is not sandbox: simulated agencies have no place in production");
        }
        return enabled;
    }
}
