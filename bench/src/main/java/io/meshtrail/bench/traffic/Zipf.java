package io.meshtrail.bench.traffic;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/// Draws 0 to `count - 1`, where the chance of rank `k` falls with `1 / (k + 1)^exponent`.
final class Zipf {
    private final double[] cumulative;

    Zipf(int count, double exponent) {
        cumulative = new double[count];
        double sum = 0;
        for (int k = 0; k < count; k++) {
            sum += 1 / Math.pow(k + 1.0, exponent);
            cumulative[k] = sum;
        }
    }

    int next(RandomGenerator random) {
        double drawn = random.nextDouble() * cumulative[cumulative.length - 1];
        int place = Arrays.binarySearch(cumulative, drawn);
        return Math.min(place < 0 ? -place - 1 : place, cumulative.length - 1);
    }
}
