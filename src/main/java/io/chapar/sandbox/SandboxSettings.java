package io.chapar.sandbox;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the agencies are played.
 *
 * @param play {@code morning}: agencies send by themselves after the start; {@code none}: they only answer
 * @param port where all agencies listen, on this machine only
 * @param messages of a morning
 * @param rate messages a second
 * @param seed makes the same people each time
 */
@ConfigurationProperties("chapar.sandbox")
public record SandboxSettings(
        @DefaultValue("morning") String play,
        @DefaultValue("9443") int port,
        @DefaultValue("3000") int messages,
        @DefaultValue("100") int rate,
        @DefaultValue("2018") long seed) {

    public SandboxSettings {
        if (!play.equals("morning") && !play.equals("none")) {
            throw new IllegalArgumentException("chapar.sandbox.play is morning or none");
        }
        if (messages < 1 || rate < 1) {
            throw new IllegalArgumentException("chapar.sandbox.messages and chapar.sandbox.rate are at least 1");
        }
    }
}
