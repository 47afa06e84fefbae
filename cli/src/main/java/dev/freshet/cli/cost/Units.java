package dev.freshet.cli.cost;

/**
 * What one piece of work consumes.
 *
 * @param milliseconds of the invocation
 * @param logBytes bytes of the lines that the function itself writes
 * @param readUnits read units of DynamoDB
 * @param writeUnits write units of DynamoDB
 * @param storedBytes bytes added to tables, of rows that are kept for {@code interactionsDays}
 * @param streamUnits records put into a stream, each of up to 25 KB
 * @param s3Puts PUT and LIST requests to S3
 * @param s3Gets GET requests to S3
 * @param responseBytes bytes of the response's body
 * @param compressedBytes bytes of the body after gzip
 */
public record Units(
        double milliseconds,
        double logBytes,
        double readUnits,
        double writeUnits,
        double storedBytes,
        double streamUnits,
        double s3Puts,
        double s3Gets,
        double responseBytes,
        double compressedBytes) {
    static final Units NONE = new Units(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    Units times(double n) {
        return new Units(
                n * milliseconds,
                n * logBytes,
                n * readUnits,
                n * writeUnits,
                n * storedBytes,
                n * streamUnits,
                n * s3Puts,
                n * s3Gets,
                n * responseBytes,
                n * compressedBytes);
    }

    Units plus(Units other) {
        return new Units(
                milliseconds + other.milliseconds,
                logBytes + other.logBytes,
                readUnits + other.readUnits,
                writeUnits + other.writeUnits,
                storedBytes + other.storedBytes,
                streamUnits + other.streamUnits,
                s3Puts + other.s3Puts,
                s3Gets + other.s3Gets,
                responseBytes + other.responseBytes,
                compressedBytes + other.compressedBytes);
    }
}
