package dev.freshet.casestudy;

import java.time.Instant;

/**
 * One line of DeskDrop's log of actions.
 *
 * @param line the line as it is in the file
 * @param session id of the session, which is one user's
 * @param viewed whether the article was opened
 */
record LoggedAction(
        Instant time, String line, String user, String session, String item, boolean viewed) {}
