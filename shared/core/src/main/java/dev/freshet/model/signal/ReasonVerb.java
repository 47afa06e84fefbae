package dev.freshet.model.signal;

/**
 * What a user did with an item.
 *
 * @param key of the verb in the texts of reasons
 * @param english the verb in the past tense, used where the texts have no such key
 */
public record ReasonVerb(String key, String english) {}
