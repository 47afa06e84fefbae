package dev.freshet.aws;

/** A variable of the environment that is needed is missing or unusable: a mistake in deploying. */
public final class MissingSettingException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    public MissingSettingException(Setting setting, String fault) {
        super(
                setting.variable()
                        + " "
                        + fault
                        + ": it is "
                        + setting.purpose()
                        + ". The stack sets it on the functions that need it (infra/), and the"
                        + " local cloud takes it from the synthesized template; deploy again, or"
                        + " set it by hand.");
    }
}
