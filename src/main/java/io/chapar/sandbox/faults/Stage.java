package io.chapar.sandbox.faults;

import java.util.Optional;

/**
 * What can be broken, and what tells how it stands.
 *
 * @param database where the harness started one
 */
record Stage(
        Machine machine,
        Keeper keeper,
        Receivers receivers,
        Optional<DatabaseServer> database,
        Inspection inspection,
        Crowd crowd,
        Sightings sightings,
        Tally tally,
        Troubles troubles,
        Report report) {}
