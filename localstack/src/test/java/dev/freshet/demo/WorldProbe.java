package dev.freshet.demo;

import java.time.Duration;

public class WorldProbe {
    public static void main(String[] a) {
        int users = Integer.parseInt(a[0]), lists = Integer.parseInt(a[1]);
        double tau = Double.parseDouble(a[2]);
        for (int s = 1; s <= Integer.parseInt(a[3]); s++) {
            NewspaperSite site = new NewspaperSite(s, users, tau);
            long t = System.nanoTime();
            double[] parts = new double[5];
            for (int i = 0; i < lists; i++)
                parts[i * 5 / lists] += site.session(Duration.ofMillis(100));
            StringBuilder b = new StringBuilder("seed " + s + ": ");
            double sum = 0;
            for (double p : parts) {
                b.append(String.format("%.4f ", p / (lists / 5.0)));
                sum += p;
            }
            System.out.println(
                    b
                            + String.format(
                                    " all %.4f, %.1f s",
                                    sum / lists, (System.nanoTime() - t) / 1e9));
        }
    }
}
