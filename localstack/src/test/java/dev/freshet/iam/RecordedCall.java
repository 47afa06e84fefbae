package dev.freshet.iam;

/**
 * One kind of call to AWS, as IAM decides on it.
 *
 * @param caller the id of the access key: the name of a function, or {@code worker}
 * @param action the action, such as {@code dynamodb:GetItem}
 * @param resource the ARN of the resource, or {@code *} for an action without one
 */
record RecordedCall(String caller, String action, String resource) {
    String line() {
        return caller + " " + action + " " + resource;
    }

    /** Reads what {@link #line} wrote. */
    static RecordedCall parse(String line) {
        String[] parts = line.split(" ", 3);
        return new RecordedCall(parts[0], parts[1], parts[2]);
    }
}
