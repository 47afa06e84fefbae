package dev.freshet.model.popularity;

/** What many users think of items, without that of items which too few have an opinion of. */
public interface Opinions {
    /** Returns the number of users who like an item; 0 where it is not visible. */
    int likes(int item);

    /**
     * Returns the mean rating of an item in stars, drawn towards the mean of all ratings by as many
     * ratings of it as are assumed before the first; 0 where it is not visible.
     */
    double stars(int item);
}
