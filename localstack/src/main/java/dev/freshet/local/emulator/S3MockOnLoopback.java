package dev.freshet.local.emulator;

import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * Main class of the S3Mock process. Binds S3Mock's second connector to 127.0.0.1 too, for which
 * S3Mock has no setting, and ends when the parent process ends. Spring is called by reflection
 * because it is on the class path of the S3Mock process only.
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

    private interface Step {
        @Nullable Object on(Object argument) throws ReflectiveOperationException;
    }

    /**
     * Returns a proxy of an interface that executes {@code step} in one method and returns the
     * first argument in all others.
     */
    @SuppressWarnings("ReferenceEquality") // a proxy is equal only to itself
    private static Object proxy(Class<?> type, String method, Step step) {
        return Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, called, arguments) -> {
                    if (called.getDeclaringClass().equals(Object.class)) {
                        return switch (called.getName()) {
                            case "equals" -> self == arguments[0];
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
