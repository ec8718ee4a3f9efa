package io.chapar.nodes;

import org.junit.jupiter.api.Nested;

/** Two gateways at a time, one after the other: each pair of them needs both cores of a small machine for its start. */
class TwoNodesTest {

    @Nested
    class OnOneDatabase extends SeveralNodes {}

    @Nested
    class OnOneBroker extends SharedBroker {}
}
