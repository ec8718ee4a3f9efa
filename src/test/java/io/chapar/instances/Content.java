package io.chapar.instances;

import java.util.List;

/** What an XSD lets an element hold. */
public sealed interface Content {

    /** How a leaf's text is meant. */
    enum Kind {
        TEXT,
        DATE,
        DATE_TIME,
        INTEGER,
        BOOLEAN;

        /** Whether XML Schema takes away the space around it before it compares: it is then no part of the value. */
        boolean collapses() {
            return this != TEXT;
        }
    }

    /**
     * A value.
     *
     * @param values the codes that it may be, if it is one of a list
     * @param patterns all of which it matches
     * @param longest in characters
     */
    record Leaf(Kind kind, List<String> values, List<String> patterns, int longest, int least, int most)
            implements Content {}

    /** Elements, in an order. */
    record Parts(Group group) implements Content {

        /** The elements that it may hold, in their order. */
        List<Member> members() {
            return group.members();
        }
    }

    /** Something in a sequence or a choice. */
    sealed interface Particle {

        /** The elements in it, in their order. */
        List<Member> members();
    }

    /** An element's name, how often it occurs, and what it holds. */
    record Member(String name, int least, int most, Content content) implements Particle {

        boolean repeated() {
            return most > 1;
        }

        @Override
        public List<Member> members() {
            return List.of(this);
        }
    }

    /** A sequence, or a choice of one. */
    record Group(boolean choice, boolean optional, List<Particle> particles) implements Particle {

        @Override
        public List<Member> members() {
            return particles.stream()
                    .flatMap(particle -> particle.members().stream())
                    .toList();
        }
    }
}
