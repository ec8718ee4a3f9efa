package io.chapar.sandbox.faults;

/**
 * What can be broken, and what tells how it stands.
 */
record Stage(
        Machine machine,
        Keeper keeper,
        Receivers receivers,
        Inspection inspection,
        Crowd crowd,
        Sightings sightings,
        Tally tally,
        Troubles troubles,
        Report report) {}
