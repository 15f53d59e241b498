package org.parsimony.notebook.kernel.language;

/** What went wrong inside a magic, with the magic's name. */
public final class MagicFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String call;

    /** @param call the magic as it was called, {@code %name} or {@code %%name} */
    public MagicFailure(String call, Throwable cause) {
        super(cause.getMessage(), cause);
        this.call = call;
    }

    /** The magic as it was called, {@code %name} or {@code %%name}. */
    public String call() {
        return call;
    }
}
