//! What another thread does meanwhile, with the feature `parallel`.

/// Does the one thing here and the other aside: by another thread, if it is worth one and there is one.
pub(crate) fn meanwhile<T>(worth_a_thread: bool, aside: impl FnOnce() + Send, here: impl FnOnce() -> T) -> T {
    #[cfg(feature = "parallel")]
    if worth_a_thread && rayon::current_num_threads() > 1 {
        return rayon::in_place_scope(|scope| {
            scope.spawn(|_| aside());
            here()
        });
    }
    let _ = worth_a_thread;
    let done = here();
    aside();
    done
}
