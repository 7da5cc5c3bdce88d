package io.meshtrail.simulation;

/// How much happened in some worlds: what was never tried was never shown.
final class Tally {
    long worlds;
    long starts;
    long falls;
    long powerFailures;
    long stops;
    long refusals;
    long checks;
    long entries;
    long acknowledged;
    long segments;
    long checkpoints;
    long flips;

    void add(Tally other) {
        worlds++;
        starts += other.starts;
        falls += other.falls;
        powerFailures += other.powerFailures;
        stops += other.stops;
        refusals += other.refusals;
        checks += other.checks;
        entries += other.entries;
        acknowledged += other.acknowledged;
        segments += other.segments;
        checkpoints += other.checkpoints;
        flips += other.flips;
    }

    @Override
    public String toString() {
        return worlds + " worlds: " + starts + " starts, " + falls + " falls (" + powerFailures
                + " with a power failure), " + stops + " orderly stops, " + refusals + " old backups refused, " + checks
                + " checks on the way, " + flips + " bits flipped and found; " + entries + " entries, " + acknowledged
                + " acknowledged, " + segments + " segments, " + checkpoints + " checkpoints";
    }
}
