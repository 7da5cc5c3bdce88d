package io.meshtrail.counter;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a report of metrics tells: the readings that matter, and how much else there was.
public final class Readings {
    private static final int LONGEST_NAME = 512;
    private static final int LONGEST_SERIES = 4_096;

    private final List<Reading> kept = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();
    private int others;

    /// Adds a value, if it matters.
    ///
    /// @param labels of the metric and its target
    /// @param fallback the proxy's name where the labels have none
    /// @param time nanoseconds since 1970; 0 if it is not said
    public void add(String name, Map<String, String> labels, double value, boolean delta, long time, String fallback) {
        Counted what = Counted.of(name, labels).orElse(null);
        String named = ProxyName.of(labels);
        String proxy = named.isEmpty() ? fallback : named;
        boolean sane = Double.isFinite(value) && value >= 0 && !proxy.isEmpty() && proxy.length() <= LONGEST_NAME;
        if (what == null || !sane) {
            others++;
            return;
        }
        String series = name + new TreeMap<>(labels);
        String told = series.length() > LONGEST_SERIES ? series.substring(0, LONGEST_SERIES) : series;
        kept.add(new Reading(proxy, what, told, value, delta, time));
    }

    /// Counts a value that cannot matter.
    public void other() {
        others++;
    }

    /// Notes what was not understood.
    public void complain(String why) {
        complaints.add(why);
    }

    public List<Reading> kept() {
        return kept;
    }

    /// Values that do not matter here.
    public int others() {
        return others;
    }

    /// What was not understood, for people.
    public List<String> complaints() {
        return complaints;
    }
}
