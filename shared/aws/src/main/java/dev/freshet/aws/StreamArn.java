package dev.freshet.aws;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ARN of a Kinesis stream, or of a consumer of it with enhanced fan-out, as Lambda puts it into
 * records: {@code arn:aws:kinesis:REGION:ACCOUNT:stream/NAME} or that followed by {@code
 * /consumer/NAME:CREATED}.
 */
public final class StreamArn {
    private static final Pattern STREAM =
            Pattern.compile("arn:[^:]+:kinesis:[^:]*:[^:]*:stream/([^/:]+)(/consumer/.+)?");

    private StreamArn() {}

    /** Returns the name of the stream; empty if the text is no such ARN. */
    public static Optional<String> streamName(String arn) {
        Matcher matcher = STREAM.matcher(arn);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
