package io.chapar.console;

import java.util.Set;

/**
 * Somebody who may log in.
 *
 * @param password its bcrypt hash
 */
public record User(String name, Set<Role> roles, String password) {

    public User {
        roles = Set.copyOf(roles);
    }

    @Override
    public String toString() {
        return name + roles;
    }
}
