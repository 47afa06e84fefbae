package dev.freshet.model.rows;

/**
 * The natural logarithm by scalar arithmetic alone, so that it is the same on every processor (a
 * learned weight depends on every bit of a signal), and cheaper than {@link StrictMath#log}.
 */
public final class NaturalLog {
    private static final double LN_2 = 0.6931471805599453;
    private static final double ROOT_2 = 1.4142135623730951;

    private NaturalLog() {}

    /**
     * ln x to within 10⁻⁹ of its value, for finite normal x &gt; 0: the exponent apart, the rest by
     * the series of the inverse hyperbolic tangent.
     */
    public static double of(double x) {
        long bits = Double.doubleToRawLongBits(x);
        int exponent = (int) (bits >>> 52) - 1023;
        double mantissa =
                Double.longBitsToDouble((bits & 0x000F_FFFF_FFFF_FFFFL) | 0x3FF0_0000_0000_0000L);
        if (mantissa > ROOT_2) {
            mantissa /= 2;
            exponent++;
        }
        double s = (mantissa - 1) / (mantissa + 1);
        double s2 = s * s;
        double series =
                1 + s2 * (1.0 / 3 + s2 * (1.0 / 5 + s2 * (1.0 / 7 + s2 * (1.0 / 9 + s2 / 11))));
        return exponent * LN_2 + 2 * s * series;
    }
}
