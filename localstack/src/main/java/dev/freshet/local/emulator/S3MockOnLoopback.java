package dev.freshet.local.emulator;

import dev.freshet.local.host.LoopbackNames;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * Main class of the S3Mock process. Binds S3Mock's second connector to 127.0.0.1 too, for which
 * S3Mock has no setting, answers programs of this machine alone, and ends when the parent process
 * ends. Spring is called by reflection because it is on the class path of the S3Mock process only.
 */
public final class S3MockOnLoopback {

    private static final String APPLICATION = "com.adobe.testing.s3mock.S3MockApplication";
    private static final String BUILDER =
            "org.springframework.boot.builder.SpringApplicationBuilder";
    private static final String INITIALIZER =
            "org.springframework.context.ApplicationContextInitializer";
    private static final String POST_PROCESSOR =
            "org.springframework.beans.factory.config.BeanPostProcessor";

    private S3MockOnLoopback() {}

    /**
     * Starts S3Mock.
     *
     * @param args Spring Boot's {@code --name=value} arguments
     */
    public static void main(String[] args) throws ReflectiveOperationException {
        ParentWatch.begin();
        Class<?> builderType = Class.forName(BUILDER);
        Object builder =
                builderType
                        .getConstructor(Class[].class)
                        .newInstance((Object) new Class<?>[] {Class.forName(APPLICATION)});
        Class<?> initializerType = Class.forName(INITIALIZER);
        Object initializers = Array.newInstance(initializerType, 1);
        Array.set(
                initializers,
                0,
                proxy(
                        initializerType,
                        "initialize",
                        context -> {
                            Object beans = call(context, "getBeanFactory");
                            Class<?> type = Class.forName(POST_PROCESSOR);
                            Object binding =
                                    proxy(
                                            type,
                                            "postProcessBeforeInitialization",
                                            S3MockOnLoopback::bind);
                            Class.forName(
                                            "org.springframework.beans.factory.config.ConfigurableBeanFactory")
                                    .getMethod("addBeanPostProcessor", type)
                                    .invoke(beans, binding);
                            Class.forName(
                                            "org.springframework.beans.factory.config.SingletonBeanRegistry")
                                    .getMethod("registerSingleton", String.class, Object.class)
                                    .invoke(beans, "localProgramsOnly", filter());
                            return null;
                        }));
        builderType
                .getMethod("initializers", initializers.getClass())
                .invoke(builder, initializers);
        Object context =
                builderType.getMethod("run", String[].class).invoke(builder, (Object) args);
        if (context != null) {
            System.out.println(Child.LISTENING + call(call(context, "getWebServer"), "getPort"));
        }
    }

    private static Object bind(Object bean) throws ReflectiveOperationException {
        if (bean.getClass().getSimpleName().equals("TomcatServletWebServerFactory")) {
            for (Object connector : (Iterable<?>) call(bean, "getAdditionalConnectors")) {
                connector
                        .getClass()
                        .getMethod("setProperty", String.class, String.class)
                        .invoke(connector, "address", "127.0.0.1");
            }
        }
        return bean;
    }

    /**
     * Returns the first filter of requests. It refuses pages, which browsers let name their origin
     * or site, and hosts that are not this machine.
     */
    private static Object filter() throws ClassNotFoundException {
        Class<?> filter = Class.forName("jakarta.servlet.Filter");
        Class<?> ordered = Class.forName("org.springframework.core.Ordered");
        return Proxy.newProxyInstance(
                filter.getClassLoader(),
                new Class<?>[] {filter, ordered},
                (self, called, arguments) ->
                        switch (called.getName()) {
                            case "doFilter" -> {
                                pass(arguments[0], arguments[1], arguments[2]);
                                yield null;
                            }
                            case "getOrder" -> Integer.MIN_VALUE;
                            case "equals" -> isSame(self, arguments[0]);
                            case "hashCode" -> System.identityHashCode(self);
                            case "toString" -> "localProgramsOnly";
                            default -> null;
                        });
    }

    private static void pass(Object request, Object response, Object chain)
            throws ReflectiveOperationException {
        Class<?> http = Class.forName("jakarta.servlet.http.HttpServletRequest");
        Method header = http.getMethod("getHeader", String.class);
        Object site = header.invoke(request, "Sec-Fetch-Site");
        Object host = header.invoke(request, "Host");
        if (header.invoke(request, "Origin") == null
                && (site == null || site.equals("none"))
                && LoopbackNames.contain(String.valueOf(host))) {
            Class.forName("jakarta.servlet.FilterChain")
                    .getMethod(
                            "doFilter",
                            Class.forName("jakarta.servlet.ServletRequest"),
                            Class.forName("jakarta.servlet.ServletResponse"))
                    .invoke(chain, request, response);
        } else {
            Class.forName("jakarta.servlet.http.HttpServletResponse")
                    .getMethod("setStatus", int.class)
                    .invoke(response, 421);
        }
    }

    @SuppressWarnings("ReferenceEquality") // a proxy is equal only to itself
    private static boolean isSame(Object proxy, Object other) {
        return proxy == other;
    }

    private interface Step {
        @Nullable Object on(Object argument) throws ReflectiveOperationException;
    }

    /**
     * Returns a proxy of an interface that executes {@code step} in one method and returns the
     * first argument in all others.
     */
    private static Object proxy(Class<?> type, String method, Step step) {
        return Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, called, arguments) -> {
                    if (called.getDeclaringClass().equals(Object.class)) {
                        return switch (called.getName()) {
                            case "equals" -> isSame(self, arguments[0]);
                            case "hashCode" -> System.identityHashCode(self);
                            default -> method;
                        };
                    }
                    return called.getName().equals(method) ? step.on(arguments[0]) : arguments[0];
                });
    }

    private static Object call(Object target, String name) throws ReflectiveOperationException {
        for (Class<?> type = target.getClass(); type != null; type = type.getSuperclass()) {
            for (Method method : type.getMethods()) {
                if (method.getName().equals(name)
                        && method.getParameterCount() == 0
                        && !method.isBridge()
                        && Modifier.isPublic(method.getDeclaringClass().getModifiers())) {
                    try {
                        return method.invoke(target);
                    } catch (InvocationTargetException e) {
                        throw new IllegalStateException(name + " failed", e.getCause());
                    }
                }
            }
        }
        throw new NoSuchMethodException(name);
    }
}
