package dev.freshet.model.rows;

/**
 * The natural logarithm by scalar arithmetic alone. Results are equal on every processor, as
 * learned weights depend on every bit of a signal, and it is faster than {@link StrictMath#log}.
 */
public final class NaturalLog {
    private static final double LN_2 = 0.6931471805599453;
    private static final double ROOT_2 = 1.4142135623730951;

    private NaturalLog() {}

    /**
     * Returns ln x to a relative error of 10⁻⁹, for finite normal x &gt; 0: the exponent is split
     * off, and the mantissa is computed by the series of the inverse hyperbolic tangent. 1 is
     * returned for at once, since most items of a request have no score by most signals.
     */
    public static double of(double x) {
        if (x == 1) {
            return 0;
        }
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
