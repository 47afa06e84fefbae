package dev.freshet.bench.rerank;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A factorisation machine (Rendle 2010) of rank {@value #RANK}: a weight for each signal, and for
 * each pair of signals the product of their vectors. The score is the difference from that of the
 * initial vectors, which are small and random, so it starts at zero.
 */
final class FactorisationMachine extends Listwise {
    static final int RANK = 8;

    private static final double INITIAL = 0.05;

    private final int signals;
    private final double[] initial;

    /** Creates a machine; parameters are the weights, then the vectors signal by signal. */
    FactorisationMachine(int signals, long seed) {
        super(signals * (1 + RANK));
        this.signals = signals;
        double[] parameters = parameters();
        SplittableRandom random = new SplittableRandom(seed);
        for (int at = signals; at < parameters.length; at++) {
            parameters[at] = random.nextGaussian(0, INITIAL);
        }
        initial = Arrays.copyOf(parameters, parameters.length);
    }

    @Override
    public double added(double[] items) {
        return sum(parameters(), items) - sum(initial, items);
    }

    private double sum(double[] by, double[] items) {
        double sum = 0;
        for (int signal = 0; signal < signals; signal++) {
            sum += by[signal] * items[signal];
        }
        for (int factor = 0; factor < RANK; factor++) {
            double all = 0;
            double squares = 0;
            for (int signal = 0; signal < signals; signal++) {
                double one = by[at(signal, factor)] * items[signal];
                all += one;
                squares += one * one;
            }
            sum += (all * all - squares) / 2;
        }
        return sum;
    }

    @Override
    void addGradient(double[] items, double times, double[] gradient) {
        double[] parameters = parameters();
        for (int signal = 0; signal < signals; signal++) {
            gradient[signal] += times * items[signal];
        }
        for (int factor = 0; factor < RANK; factor++) {
            double all = 0;
            for (int signal = 0; signal < signals; signal++) {
                all += parameters[at(signal, factor)] * items[signal];
            }
            for (int signal = 0; signal < signals; signal++) {
                int at = at(signal, factor);
                gradient[at] += times * items[signal] * (all - parameters[at] * items[signal]);
            }
        }
    }

    private int at(int signal, int factor) {
        return signals + signal * RANK + factor;
    }
}
