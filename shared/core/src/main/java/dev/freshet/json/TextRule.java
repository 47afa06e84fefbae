package dev.freshet.json;

/**
 * Which characters a text may hold. No rule accepts a lone surrogate, since such a text has no
 * UTF-8 form.
 */
public enum TextRule {
    /** Well-formed UTF-16, control characters included. */
    WELL_FORMED {
        @Override
        boolean allowsControl(int character) {
            return true;
        }
    },

    /** Well-formed UTF-16 whose only control characters are white space, such as line breaks. */
    MULTI_LINE {
        @Override
        boolean allowsControl(int character) {
            return Character.isWhitespace(character);
        }
    },

    /** Well-formed UTF-16 without control characters. */
    SINGLE_LINE {
        @Override
        boolean allowsControl(int character) {
            return false;
        }
    };

    /** Returns whether every character of the text is allowed; O(length). */
    public boolean accepts(String text) {
        return text.codePoints()
                .allMatch(c -> !isSurrogate(c) && (!Character.isISOControl(c) || allowsControl(c)));
    }

    abstract boolean allowsControl(int character);

    private static boolean isSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
